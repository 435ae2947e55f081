import { contextOf, note, openNoteLog, readAllOf, tampered } from '../../tests/support/note-log';
import type { StoredEvent } from '../event-store';
import { type ChainFault, type LogVerification, NO_EVENTS, verifyLog, verifyStream } from '.';

/** Three streams, their events mixed in the log: a0 b0 a1 c0 b1 a2. */
const mixedStore = async () => {
  const { store, write } = await openNoteLog();
  for (const stream of ['note-a', 'note-b', 'note-a', 'note-c', 'note-b', 'note-a']) await write(stream, [note('x')]);
  return store;
};

/** The same command written twice, by a writer that did not look whether it had been: every link holds. */
const doubledStore = async () => {
  const { log, store } = await openNoteLog();
  const context = contextOf('a command');
  const first = await log.append('note-a', NO_EVENTS, [note('x')], context);
  if (first.kind === 'appended') await log.append('note-a', first.head, [note('x')], context);
  return store;
};

const verification = async (change: (events: readonly StoredEvent[]) => StoredEvent[]) => {
  const steps: LogVerification[] = [];
  for await (const step of verifyLog(tampered(await mixedStore(), change))) steps.push(step);
  return steps;
};

const faultsOf = (steps: readonly LogVerification[]): readonly string[] =>
  steps.flatMap((step) => (step.kind === 'finding' ? [told(step.fault)] : []));
const told = ({ kind, stream, revision }: ChainFault): string => `${kind} of ${stream} ${revision}`;

const change = (stream: string, revision: bigint, how: (event: StoredEvent) => Partial<StoredEvent>) => {
  return (events: readonly StoredEvent[]): StoredEvent[] =>
    events.map((event) =>
      event.stream === stream && event.revision === revision ? { ...event, ...how(event) } : event,
    );
};

describe('verifying the whole log', () => {
  it('finds nothing in a log as it was written, and tells how far it got', async () => {
    const store = await mixedStore();
    const steps = await verification((events) => [...events]);
    expect(steps).toEqual([{ kind: 'progress', events: 6, streams: 3, through: await store.head() }]);
  });

  it('finds nothing in an empty log', async () => {
    const { log } = await openNoteLog();
    for await (const step of log.verifyLog()) expect(step).toMatchObject({ kind: 'progress', events: 0, streams: 0 });
  });

  it('tells every fault once, and goes on', async () => {
    const spoilt = (events: readonly StoredEvent[]) =>
      change('note-b', 0n, () => ({ data: '{"content":"y"}' }))(
        change('note-a', 1n, ({ meta }) => ({ meta: meta.replace('op-1', 'op-2') }))(events),
      );
    expect(faultsOf(await verification(spoilt))).toEqual(['hash of note-b 0', 'hash of note-a 1']);
  });

  it('tells meta data that cannot be read, and does not blame the next event for it', async () => {
    expect(faultsOf(await verification(change('note-a', 1n, () => ({ meta: '' }))))).toEqual(['meta of note-a 1']);
  });

  it('finds a gap in a stream', async () => {
    const gap = (events: readonly StoredEvent[]) => events.filter(({ revision }) => revision !== 1n);
    expect(faultsOf(await verification(gap))).toEqual(['revision of note-a 2']);
  });

  it('finds a stream whose beginning is missing', async () => {
    const headless = (events: readonly StoredEvent[]) =>
      events.filter(({ position }) => position !== events[0]?.position);
    const steps = await verification((events) => (events[0]?.revision === 0n ? headless(events) : [...events]));
    expect(faultsOf(steps)).toEqual(['revision of note-a 1']);
  });

  it('finds positions that do not rise', async () => {
    const back = change('note-c', 0n, () => ({ position: '' }));
    expect(faultsOf(await verification(back))).toEqual(['position of note-c 0']);
  });

  it('finds two events of one id in a stream', async () => {
    const steps: LogVerification[] = [];
    for await (const step of verifyLog(await doubledStore())) steps.push(step);
    expect(faultsOf(steps)).toEqual(['event-id of note-a 1']);
  });

  it('does not mistake an id of another stream for one', async () => {
    const [first] = await readAllOf((await mixedStore()).readStream('note-a'));
    const elsewhere = change('note-c', 0n, () => ({ id: first?.id ?? '' }));
    expect(faultsOf(await verification(elsewhere))).toEqual(['hash of note-c 0']);
  });
});

describe('verifying a stream', () => {
  it('finds nothing in a stream as it was written, and in one that does not exist', async () => {
    const store = await mixedStore();
    expect(await verifyStream(store, 'note-a')).toBeUndefined();
    expect(await verifyStream(store, 'note-z')).toBeUndefined();
  });

  it('names the first event that does not hold', async () => {
    const store = tampered(
      await mixedStore(),
      change('note-a', 1n, () => ({ type: 'NoteTorn' })),
    );
    expect(await verifyStream(store, 'note-a')).toMatchObject({ kind: 'hash', stream: 'note-a', revision: 1n });
    expect(await verifyStream(store, 'note-b')).toBeUndefined();
  });

  it('finds two events of one id', async () => {
    expect(await verifyStream(await doubledStore(), 'note-a')).toMatchObject({ kind: 'event-id', revision: 1n });
  });
});
