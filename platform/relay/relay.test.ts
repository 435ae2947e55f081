import fc from 'fast-check';
import { type NoteEvent, named, note, openNoteLog } from '../../tests/support/note-log';
import type { BusMessage } from '../bus';
import type { RecordedEvent } from '../event-log';
import type { ReadStore } from '../read-store';
import { MemoryReadStore } from '../read-store/adapters/memory';
import { systemClock, systemTimers } from '../runtime';
import { Relay, type RelayOptions, relayedThrough } from './relay';

type Options = RelayOptions<NoteEvent>;

/** Notes are public, names stay in the house; all notes about one subject share a key. */
const publicNotes: Pick<Options, 'toPublic' | 'keyOf'> = {
  toPublic: (event) =>
    event.type === 'NoteTaken' ? { type: 'usance.note', data: { note: event.data.content } } : undefined,
  keyOf: (event) => event.stream.slice(event.stream.indexOf('-') + 1),
};

/** A bus that only remembers what it was given, and can be broken. */
const rememberingBus = () => {
  const published: BusMessage[] = [];
  const bus = {
    broken: false,
    published,
    publish: async (_: string, messages: readonly BusMessage[]): Promise<void> => {
      if (bus.broken) throw new Error('the broker is down');
      published.push(...messages);
    },
  };
  return bus;
};

/** Resolves at the first call for which it holds. */
const when = <T>(): {
  readonly tell: (value: T) => void;
  readonly until: (holds: (value: T) => boolean) => Promise<T>;
} => {
  const waiting: { holds: (value: T) => boolean; resolve: (value: T) => void }[] = [];
  return {
    tell: (value) => {
      for (const { holds, resolve } of waiting) if (holds(value)) resolve(value);
    },
    until: (holds) => new Promise((resolve) => waiting.push({ holds, resolve })),
  };
};

const house = async () => {
  const { log, write } = await openNoteLog();
  const store = new MemoryReadStore();
  const bus = rememberingBus();
  const failed = when<number>();
  const relay = (parts: Partial<Options> = {}): Relay<NoteEvent> =>
    new Relay<NoteEvent>({
      name: 'public',
      log,
      bus,
      store,
      topic: 'notes',
      source: 'urn:usance:test',
      ...publicNotes,
      clock: systemClock,
      timers: systemTimers,
      backoff: { firstMs: 1, mostMs: 2 },
      observer: { published: () => undefined, failed: ({ attempt }) => failed.tell(attempt) },
      ...parts,
    });
  /** Runs a relay until it is level with the log. */
  const relayed = async (parts: Partial<Options> = {}): Promise<void> => {
    const head = await log.head();
    const running = relay(parts);
    await running.start();
    while ((await running.lag()).position < head) await new Promise(setImmediate);
    await running.stop();
  };
  const notes = (): readonly unknown[] => bus.published.map(({ event }) => event.data['note']);
  return { log, write, store, bus, failed, relay, relayed, notes };
};

describe('the relay', () => {
  test('publishes public events as CloudEvents, keyed, in order, and nothing else', async () => {
    const { write, relayed, bus, notes } = await house();
    await write('note-a', [note(1), named('张三')], [note(2)]);
    const [written] = await write('letter-a', [note(3)]);
    await relayed();
    expect(notes()).toEqual([1, 2, 3]);
    expect(bus.published[2]).toEqual({
      key: 'a',
      event: {
        specversion: '1.0',
        id: written?.id,
        source: 'urn:usance:test',
        type: 'usance.note',
        subject: 'letter-a',
        time: '2026-11-22T08:15:30.123Z',
        datacontenttype: 'application/json',
        data: { note: 3 },
        revision: '0',
        position: written?.position,
        correlationid: 'correlation-1',
      },
    });
    expect(JSON.stringify(bus.published)).not.toContain('张三');
  });

  test('goes on where it had come to, also over events that stay in the house', async () => {
    const { write, relayed, relay, notes, log } = await house();
    await write('note-a', [note(1), note(2)], [named('张三')]);
    await relayed();
    const again = relay();
    await again.start();
    expect(await again.lag()).toMatchObject({
      relay: 'public',
      position: await log.head(),
      behindMs: expect.any(Number),
    });
    await again.stop();
    await write('note-a', [note(3)]);
    await relayed();
    expect(notes()).toEqual([1, 2, 3]);
  });

  test('can be started again after a stop, and goes on where another had come to meanwhile', async () => {
    const { write, relay, notes, log } = await house();
    const [one, other] = [relay(), relay()];
    for (const [number, running] of [one, other, one].entries()) {
      await write('note-a', [note(number)]);
      const head = await log.head();
      await running.start();
      while ((await running.lag()).position < head) await new Promise(setImmediate);
      await running.stop();
    }
    expect(notes()).toEqual([0, 1, 2]);
  });

  test('publishes a page again when it could not note that it had, under the same ids', async () => {
    const { write, relayed, relay, store, bus, failed } = await house();
    await write('note-a', [note(1), note(2)]);
    const broken: Pick<ReadStore, 'commit' | 'checkpoint'> = {
      checkpoint: (reader) => store.checkpoint(reader),
      commit: async () => {
        throw new Error('the disk is full');
      },
    };
    const first = relay({ store: broken });
    const noticed = failed.until((attempt) => attempt === 3);
    await first.start();
    await noticed;
    await first.stop();
    await relayed();
    const ids = bus.published.map(({ event }) => event.id);
    expect(ids).toHaveLength(4);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
  });

  test('waits for a broken bus and loses nothing, neither by waiting nor by being stopped meanwhile', async () => {
    const { write, relayed, relay, bus, failed, notes, store } = await house();
    await write('note-a', [note(1)], [note(2)], [note(3)]);
    bus.broken = true;
    const first = relay({ pageSize: 1 });
    const noticed = failed.until((attempt) => attempt === 2);
    await first.start();
    await noticed;
    expect((await first.lag()).position).toBe('');
    await first.stop();
    expect(await relayedThrough(store, 'public')).toBe('');
    bus.broken = false;
    await relayed({ pageSize: 1 });
    expect(notes()).toEqual([1, 2, 3]);
  });

  test('two relays of different names publish independently', async () => {
    const { write, relayed, notes } = await house();
    await write('note-a', [note(1)]);
    await relayed({ name: 'partners' });
    await relayed({ name: 'sagas' });
    expect(notes()).toEqual([1, 1]);
  });

  test('a bug in the public view holds it up, loudly, rather than letting an event pass', async () => {
    const { write, relay, failed, notes, log } = await house();
    await write('note-a', [note(1)]);
    const running = relay({
      toPublic: () => {
        throw new TypeError('not thought of');
      },
    });
    const noticed = failed.until((attempt) => attempt === 3);
    await running.start();
    await noticed;
    expect((await running.lag()).position).not.toBe(await log.head());
    await running.stop();
    expect(notes()).toEqual([]);
  });

  test('law: whatever fails and whenever it is restarted, every public event comes at least once, in order per key', async () => {
    const failures = fc.array(fc.boolean(), { minLength: 0, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.boolean()), { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.record({ bus: failures, store: failures }), { maxLength: 3 }),
        async (facts, pageSize, lives) => {
          const { write, bus, store, relay, relayed, failed } = await house();
          const written: RecordedEvent<NoteEvent>[] = [];
          for (const [key, isPublic] of facts) {
            written.push(...(await write(`note-${key}`, [isPublic ? note(key) : named('李四')])));
          }
          for (const life of lives) {
            const next = (plan: boolean[]): void => {
              if (plan.shift()) throw new Error('unlucky');
            };
            const running = relay({
              pageSize,
              bus: {
                publish: async (topic, messages) => {
                  next(life.bus);
                  await bus.publish(topic, messages);
                  next(life.bus);
                },
              },
              store: {
                checkpoint: (reader) => store.checkpoint(reader),
                commit: async (batch) => {
                  next(life.store);
                  await store.commit(batch);
                },
              },
            });
            const over = Promise.race([failed.until(() => true), new Promise(setImmediate)]);
            await running.start();
            await over;
            await running.stop();
          }
          await relayed({ pageSize });
          for (const key of ['a', 'b']) {
            const ids = bus.published.filter((message) => message.key === key).map(({ event }) => event.id);
            const expected = written.filter(({ stream, type }) => stream === `note-${key}` && type === 'NoteTaken');
            expect([...new Set(ids)]).toEqual(expected.map(({ id }) => id));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
