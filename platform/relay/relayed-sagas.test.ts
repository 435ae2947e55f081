import { type NoteEvent, note, openNoteLog } from '../../tests/support/note-log';
import { BusFeed } from '../bus';
import { InProcessBus } from '../bus/adapters/in-process';
import { type Saga, SagaRunner } from '../processing';
import { MemoryReadStore } from '../read-store/adapters/memory';
import { systemClock, systemTimers } from '../runtime';
import { Relay, relayedThrough } from '.';

interface Echo {
  readonly of: unknown;
}

/** Echoes every note by a command. */
const echoing: Saga<NoteEvent, Echo, never, undefined> = {
  name: 'echoing',
  types: ['NoteTaken'],
  key: ({ stream }) => stream,
  react: (event) =>
    event.type === 'NoteTaken' ? [{ kind: 'command', name: 'echo', command: { of: event.data.content } }] : [],
};

test('sagas behind relay and bus do what they are told once, in order, over restarts of everything', async () => {
  const { log, write } = await openNoteLog();
  const store = new MemoryReadStore();
  const bus = new InProcessBus();
  const commands = new Map<string, unknown>();
  const [clock, timers] = [systemClock, systemTimers];

  const life = async (): Promise<void> => {
    const relay = new Relay<NoteEvent>({
      name: 'public',
      log,
      bus,
      store,
      topic: 'facts',
      source: 'urn:test',
      toPublic: ({ type }) => ({ type, data: {} }),
      keyOf: ({ stream }) => stream,
      clock,
      timers,
    });
    const feed = new BusFeed<NoteEvent>({
      bus,
      log,
      topic: 'facts',
      group: 'saga-echoing',
      timers,
      quietMs: 20,
      relayed: () => relayedThrough(store, 'public'),
    });
    const saga = new SagaRunner({
      saga: echoing,
      view: undefined,
      dispatch: async ({ of }, { commandId }) => {
        commands.set(commandId, of);
        return { kind: 'accepted' };
      },
      effects: async () => [],
      feed,
      log,
      store,
      clock,
      timers,
    });
    await relay.start();
    await saga.start();
    await saga.idle();
    await saga.stop();
    await relay.stop();
  };

  await write('note-a', [note('a1')], [note('a2'), note('a3')]);
  await write('note-b', [note('b1')]);
  await life();
  expect([...commands.values()].sort()).toEqual(['a1', 'a2', 'a3', 'b1']);
  await write('note-a', [note('a4')]);
  await life();
  await life();
  expect([...commands.values()].filter((of) => String(of).startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4']);
  expect(commands.size).toBe(5);
  await bus.close();
});
