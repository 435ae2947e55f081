import fc from 'fast-check';
import {
  called,
  closed,
  counts,
  dumped,
  eventually,
  type Fate,
  fateful,
  foldedInOneGo,
  Life,
  memoryStore,
  openTallyLog,
  promptTimers,
  SetClock,
  type TallyEvent,
  type TallyLog,
  tallies,
} from '../../tests/support/tally-world';
import type { ReadStore } from '../read-store';
import { systemTimers } from '../runtime';
import {
  type AnyProjection,
  type Committed,
  LogFeed,
  type Projection,
  ProjectionNotReadyError,
  ProjectionRunner,
  type ProjectionRunnerOptions,
  silentObserver,
} from '.';

type Options = Partial<ProjectionRunnerOptions<TallyEvent>> & { readonly log: TallyLog; readonly pageSize?: number };

const runnerOf = ({ log, pageSize = 100, ...options }: Options) =>
  new ProjectionRunner<TallyEvent>({
    projections: [tallies(), counts()],
    feed: new LogFeed(log, { timers: promptTimers, pageSize }),
    store: memoryStore(),
    clock: new SetClock(),
    timers: promptTimers,
    ...options,
  });

/** Everything that the live documents of two projections say. */
const documentsOf = async (runner: ProjectionRunner<TallyEvent>) => ({
  tallies: await dumped(runner.reader(tallies()).scan()),
  counts: await dumped(runner.reader(counts()).scan()),
});

const inOneGo = async (log: TallyLog) => ({
  tallies: await foldedInOneGo(log, tallies()),
  counts: await foldedInOneGo(log, counts()),
});

describe('documents', () => {
  it('show an event as soon as it is appended', async () => {
    const { log, write } = await openTallyLog();
    const runner = runnerOf({ log, timers: systemTimers });
    await runner.start();
    const [event] = await write('table-1', [called(7)]);
    expect(await runner.waitFor('tallies', event?.position ?? '', 5_000)).toBe(true);
    expect(await runner.reader(tallies()).get('table-1')).toEqual({
      doc: { table: 'table-1', numbers: [7], sum: 7 },
      position: event?.position,
    });
    await runner.stop();
  });

  it('say so when they do not come to show a position in time', async () => {
    const { log } = await openTallyLog();
    const runner = runnerOf({ log });
    await runner.start();
    expect(await runner.waitFor('tallies', '9999999999999999', 5)).toBe(false);
    await runner.stop();
  });

  it('disappear when their fold says so, and begin anew', async () => {
    const { log, write } = await openTallyLog();
    const runner = runnerOf({ log });
    await runner.start();
    await write('table-1', [called(7), closed()]);
    await write('table-2', [called(1), closed(), called(2)]);
    await runner.idle();
    const reader = runner.reader(tallies());
    expect(await reader.get('table-1')).toBeUndefined();
    expect((await reader.get('table-2'))?.doc.numbers).toEqual([2]);
    expect([...(await reader.getMany(['table-1', 'table-2'])).keys()]).toEqual(['table-2']);
    expect((await reader.query({ index: 'sum', equals: [2], limit: 9 })).items.map(({ key }) => key)).toEqual([
      'table-2',
    ]);
    await runner.stop();
  });

  it('tell which of them changed and how far they are', async () => {
    const { log, write } = await openTallyLog();
    const runner = runnerOf({ log, projections: [tallies()] });
    await runner.start();
    const told: Committed[] = [];
    const deaf = runner.onCommitted((committed) => told.push(committed));
    const events = await write('table-1', [called(7), called(8)]);
    await runner.idle();
    deaf();
    await write('table-2', [called(9)]);
    await runner.idle();
    expect(told).toEqual([{ projection: 'tallies', keys: ['table-1'], through: events.at(-1)?.position }]);
    await runner.stop();
  });

  it('go on where they were after a stop, and tell their lag', async () => {
    const { log, write } = await openTallyLog();
    const store = memoryStore();
    const clock = new SetClock();
    const first = runnerOf({ log, store, clock });
    await first.start();
    await write('table-1', [called(1)]);
    await first.idle();
    await first.stop();
    const [event] = await write('table-1', [called(2)]);
    clock.advance(3_000);
    const head = event?.position;
    const [behind] = await first.lag();
    expect(behind).toMatchObject({ projection: 'tallies', version: 1, head, behindMs: 3_000, building: false });
    const second = runnerOf({ log, store, clock });
    await second.start();
    await second.idle();
    expect((await second.reader(tallies()).get('table-1'))?.doc.numbers).toEqual([1, 2]);
    expect(await second.lag()).toMatchObject([
      { position: head, behindMs: 0 },
      { position: head, behindMs: 0 },
    ]);
    await second.stop();
  });
});

describe('batches', () => {
  const committedBy = async (limits: Partial<ProjectionRunnerOptions<TallyEvent>['limits']>) => {
    const { log, write } = await openTallyLog();
    for (const table of [1, 2, 3])
      await write(
        `table-${table}`,
        [1, 2, 3, 4].map((number) => called(number)),
      );
    const batches: string[] = [];
    const observer = {
      ...silentObserver,
      committed: ({ events, documents }: { readonly events: number; readonly documents: number }) =>
        batches.push(`${events} events, ${documents} documents`),
    };
    const runner = runnerOf({ log, projections: [tallies()], pageSize: 2, observer, limits: { ...limits } });
    await runner.start();
    await runner.idle();
    await write('table-4', [called(5)]);
    await runner.idle();
    await runner.stop();
    return batches;
  };

  it('are big while it catches up and small when it is level', async () => {
    expect(await committedBy({})).toEqual(['12 events, 3 documents', '1 events, 1 documents']);
  });

  it('are bounded in events and in documents', async () => {
    expect(await committedBy({ batchEvents: 6 })).toEqual([
      '6 events, 2 documents',
      '6 events, 2 documents',
      '1 events, 1 documents',
    ]);
    expect(await committedBy({ batchDocuments: 1 })).toHaveLength(7);
  });
});

describe('the feed', () => {
  it('decodes an event once for all projections that are at the same place', async () => {
    const { log, write } = await openTallyLog();
    let read = 0;
    const counted: TallyLog = {
      ...log,
      subscribe: async function* (options) {
        for await (const page of log.subscribe(options)) {
          read += page.events.length;
          yield page;
        }
      },
    };
    await write(
      'table-1',
      [1, 2, 3, 4, 5, 6, 7].map((number) => called(number)),
    );
    const projections = ['a', 'b', 'c', 'd'].map((name) => tallies({ name }));
    const runner = runnerOf({ log: counted, projections, pageSize: 2 });
    await runner.start();
    await runner.idle();
    expect(read).toBe(7);
    await write('table-2', [called(8)]);
    await runner.idle();
    expect(read).toBe(8);
    await runner.stop();
  });
});

describe('whatever the batches, failures and restarts', () => {
  const appended = fc.record({
    kind: fc.constant('append' as const),
    table: fc.integer({ min: 1, max: 4 }),
    events: fc.array(fc.oneof({ weight: 6, arbitrary: fc.nat(5).map((n) => called(n)) }, fc.constant(closed())), {
      minLength: 1,
      maxLength: 6,
    }),
  });
  const ran = fc.record({
    kind: fc.constant('run' as const),
    pageSize: fc.integer({ min: 1, max: 5 }),
    batchEvents: fc.integer({ min: 1, max: 8 }),
    batchDocuments: fc.integer({ min: 1, max: 4 }),
    putsAtOnce: fc.integer({ min: 1, max: 3 }),
    heldDocuments: fc.nat(3),
    fates: fc.array(fc.constantFrom<Fate>('succeeds', 'fails before', 'fails after', 'half done'), { maxLength: 6 }),
    /** The process dies with this commit, if it comes so far; otherwise it is stopped. */
    diesAt: fc.option(fc.nat(6), { nil: Number.POSITIVE_INFINITY }),
  });
  type Act = typeof appended | typeof ran extends fc.Arbitrary<infer T> ? T : never;

  const live = async (act: Extract<Act, { kind: 'run' }>, log: TallyLog, store: ReadStore): Promise<void> => {
    const { pageSize, fates, diesAt, kind: _, ...limits } = act;
    const life = new Life();
    const fate = (reader: string): Fate => {
      if (reader.startsWith('live')) return 'succeeds';
      const commit = life.uses('commit');
      if (commit > diesAt) life.kill();
      return fates[commit - 1] ?? 'succeeds';
    };
    const runner = runnerOf({ log, pageSize, store: fateful(store, life, fate), limits });
    await life.orDeath(runner.start().then(() => runner.idle()));
    await life.orDeath(runner.stop());
  };

  it('they equal one fold of the whole log, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(appended, ran), { maxLength: 14 }), async (acts) => {
        const { log, write } = await openTallyLog();
        const store = memoryStore();
        for (const act of acts) {
          if (act.kind === 'append') await write(`table-${act.table}`, act.events);
          else await live(act, log, store);
        }
        const last = runnerOf({ log, store });
        await last.start();
        await last.idle();
        expect(await documentsOf(last)).toEqual(await inOneGo(log));
        await last.stop();
      }),
      { numRuns: 200 },
    );
  });

  it('they converge when runners are started and stopped while writers append (swizzle)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ turns: fc.nat(12), batchEvents: fc.integer({ min: 1, max: 20 }) }), { maxLength: 8 }),
        async (lives) => {
          const { log, write } = await openTallyLog();
          const store = memoryStore();
          let writing = true;
          const writers = [1, 2, 3].map(async (table) => {
            for (let number = 0; number < 20; number += 1) {
              await write(`table-${table}`, [called(number)]);
              await new Promise((resolve) => setImmediate(resolve));
            }
          });
          const done = Promise.all(writers).then(() => {
            writing = false;
          });
          for (const { turns, batchEvents } of lives) {
            const runner = runnerOf({ log, store, pageSize: 3, limits: { batchEvents } });
            await runner.start();
            for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
            await runner.stop();
          }
          const last = runnerOf({ log, store });
          await last.start();
          await done;
          await last.idle();
          expect(writing).toBe(false);
          expect(await documentsOf(last)).toEqual(await inOneGo(log));
          await last.stop();
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('a fold that fails', () => {
  const fragile = (mended: boolean, version = 1) =>
    tallies({
      version,
      fold: (tally, event, key) => {
        if (!mended && event.type === 'Called' && event.data.number === 13) throw new RangeError('unlucky');
        return tallies().fold(tally, event, key);
      },
    });

  it('parks its document as it was before, and lets others go on', async () => {
    const { log, write } = await openTallyLog();
    const store = memoryStore();
    const parked: string[] = [];
    const observer = {
      ...silentObserver,
      parked: ({ key, reason }: { key: string; reason: string }) => parked.push(`${key}: ${reason}`),
    };
    const runner = runnerOf({ log, store, projections: [fragile(false)], observer });
    await runner.start();
    const events = await write('table-1', [called(1), called(13), called(2)]);
    await write('table-2', [called(3)]);
    await runner.idle();
    expect((await runner.reader(tallies()).get('table-1'))?.doc.numbers).toEqual([1]);
    expect((await runner.reader(tallies()).get('table-2'))?.doc.numbers).toEqual([3]);
    expect(parked).toEqual(['table-1: RangeError: unlucky']);
    expect(await runner.parked('tallies')).toEqual([
      {
        key: 'table-1',
        position: '0000000000000002',
        event: { id: events[1]?.id, type: 'Called' },
        reason: 'RangeError: unlucky',
        waiting: 1,
      },
    ]);
    await runner.stop();

    // It stays so after a restart, even with a fold that would do: events must not be missing from the middle.
    await write('table-1', [called(4)]);
    const again = runnerOf({ log, store, projections: [fragile(true)] });
    await again.start();
    await again.idle();
    expect((await again.reader(tallies()).get('table-1'))?.doc.numbers).toEqual([1]);
    expect(await again.parked('tallies')).toMatchObject([{ key: 'table-1', waiting: 2 }]);
    expect(await again.lag()).toMatchObject([{ parkedDocuments: 1 }]);

    await again.rebuild('tallies');
    expect(await dumped(again.reader(tallies()).scan())).toBe(await foldedInOneGo(log, tallies()));
    expect(await again.parked('tallies')).toEqual([]);
    await again.stop();
  });

  it('is also one that makes a document which no index can place', async () => {
    const { log, write } = await openTallyLog();
    const indexes = { sum: ({ sum }: { readonly sum: number }) => [sum === 13 ? Number.NaN : sum] };
    const runner = runnerOf({ log, projections: [tallies({ indexes })] });
    await runner.start();
    await write('table-1', [called(13)]);
    await write('table-2', [called(1)]);
    await runner.idle();
    expect(await runner.parked('tallies')).toMatchObject([{ key: 'table-1' }]);
    expect((await runner.reader(tallies()).get('table-2'))?.doc.numbers).toEqual([1]);
    await runner.stop();
  });

  it('is also one whose documents cannot be told: it is parked under its stream', async () => {
    const { log, write } = await openTallyLog();
    const keys: AnyProjection<TallyEvent>['keys'] = (event) => {
      if (event.type === 'Closed') throw new Error('whose?');
      return [event.stream];
    };
    const runner = runnerOf({ log, projections: [tallies({ keys })] });
    await runner.start();
    await write('table-1', [called(1), closed(), called(2)]);
    await write('table-2', [called(3)]);
    await runner.idle();
    expect(await runner.parked('tallies')).toMatchObject([{ key: 'table-1', reason: 'Error: whose?', waiting: 1 }]);
    expect((await runner.reader(tallies()).get('table-1'))?.doc.numbers).toEqual([1]);
    await runner.stop();
  });
});

describe('a new version', () => {
  const doubled = (): Projection<TallyEvent, { readonly twice: number }> => ({
    name: 'tallies',
    version: 2,
    indexes: { twice: ({ twice }) => [twice] },
    keys: ({ stream }) => [stream],
    fold: (doc, event) => ({ twice: (doc?.twice ?? 0) + (event.type === 'Called' ? 2 * event.data.number : 0) }),
  });

  const withVersionOne = async () => {
    const { log, write } = await openTallyLog();
    const store = memoryStore();
    await write('table-1', [called(1), called(2)]);
    const first = runnerOf({ log, store, projections: [tallies()] });
    await first.start();
    await first.idle();
    await first.stop();
    return { log, write, store };
  };

  it('is built beside the live one, takes its place and leaves nothing of it behind', async () => {
    const { log, store } = await withVersionOne();
    const runner = runnerOf({ log, store, projections: [doubled()] });
    await runner.start();
    await runner.idle();
    expect((await runner.reader(doubled()).get('table-1'))?.doc).toEqual({ twice: 6 });
    await eventually(async () => !(await store.collections()).includes('tallies@1'));
    expect(await store.collections()).toEqual(['live', 'tallies-parked@2', 'tallies@2']);
    expect(await store.checkpoint('tallies@1')).toBe('');
    await runner.stop();
  });

  it('cannot be read before it is ready: what is there has the shape of the old one', async () => {
    const { log, store } = await withVersionOne();
    const life = new Life();
    life.kill();
    const runner = runnerOf({
      log: {
        ...log,
        subscribe: () => ({
          [Symbol.asyncIterator]: () => ({ next: life.within(async () => ({ done: true, value: undefined })) }),
        }),
      },
      store,
      projections: [doubled()],
    });
    await runner.start();
    await expect(runner.reader(doubled()).get('table-1')).rejects.toThrow(ProjectionNotReadyError);
    expect(await runner.waitFor('tallies', await log.head(), 5)).toBe(true);
    await runner.stop();
    const older = runnerOf({ log, store, projections: [tallies()] });
    await older.start();
    expect((await older.reader(tallies()).get('table-1'))?.doc.sum).toBe(3);
    await older.stop();
  });

  it('that cannot be built says so and leaves the live one alone', async () => {
    const { log, store } = await withVersionOne();
    const failures: string[] = [];
    const observer = { ...silentObserver, failed: ({ doing }: { readonly doing: string }) => failures.push(doing) };
    const indexes = { 'no name for an index': () => [1] };
    const runner = runnerOf({ log, store, projections: [{ ...doubled(), indexes }], observer });
    await runner.start();
    await eventually(() => failures.length > 0);
    expect(failures).toEqual(['being built, and has stopped']);
    await runner.stop();
    expect(await store.collections()).toContain('tallies@1');
  });

  it('may also be an older one', async () => {
    const { log, store } = await withVersionOne();
    for (const projections of [[doubled()], [tallies()]]) {
      const runner = runnerOf({ log, store, projections });
      await runner.start();
      await runner.idle();
      await runner.stop();
    }
    const last = runnerOf({ log, store, projections: [tallies()] });
    await last.start();
    expect(await dumped(last.reader(tallies()).scan())).toBe(await foldedInOneGo(log, tallies()));
    await last.stop();
  });
});

describe('a rebuild', () => {
  it('equals the original while writers append, as often as it is done', async () => {
    const { log, write } = await openTallyLog();
    const store = memoryStore();
    const runner = runnerOf({ log, store, pageSize: 3 });
    await runner.start();
    const writing = [1, 2, 3].map(async (table) => {
      for (let number = 0; number < 60; number += 1) {
        await write(`table-${table}`, [called(number)]);
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    for (let round = 0; round < 4; round += 1) {
      await runner.rebuild('tallies');
      await runner.rebuild('counts');
    }
    await Promise.all(writing);
    await runner.idle();
    expect(await documentsOf(runner)).toEqual(await inOneGo(log));
    await runner.stop();
  });

  it('never shows less than was seen before', async () => {
    const { log, write } = await openTallyLog();
    const runner = runnerOf({ log, pageSize: 1, timers: systemTimers });
    await runner.start();
    let rebuilt = false;
    const rebuilding = (async () => {
      for (let round = 0; round < 5; round += 1) await runner.rebuild('tallies');
      rebuilt = true;
    })();
    for (let number = 1; !rebuilt || number < 20; number += 1) {
      const [event] = await write('table-1', [called(number)]);
      expect(await runner.waitFor('tallies', event?.position ?? '', 20_000)).toBe(true);
      expect((await runner.reader(tallies()).get('table-1'))?.doc.numbers).toHaveLength(number);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await rebuilding;
    await runner.stop();
  });

  it('that was cut short leaves the live documents alone and is cleared away', async () => {
    const { log, write } = await openTallyLog();
    const store = memoryStore();
    await write('table-1', [called(1)]);
    const runner = runnerOf({ log, store, projections: [tallies()] });
    await runner.start();
    await runner.idle();
    const rebuilding = expect(runner.rebuild('tallies')).rejects.toThrow('stopped before tallies was rebuilt');
    await runner.stop();
    await rebuilding;
    const again = runnerOf({ log, store, projections: [tallies()] });
    await again.start();
    await again.idle();
    expect(await store.collections()).toEqual(['live', 'tallies-parked@1', 'tallies@1']);
    expect(await dumped(again.reader(tallies()).scan())).toBe(await foldedInOneGo(log, tallies()));
    await again.stop();
  });

  it('is not begun twice', async () => {
    const { log } = await openTallyLog();
    const runner = runnerOf({ log });
    await runner.start();
    const rebuilding = runner.rebuild('tallies');
    await expect(runner.rebuild('tallies')).rejects.toThrow('is being built already');
    await rebuilding;
    await expect(runner.rebuild('nonsense')).rejects.toThrow('no projection is called nonsense');
    await runner.stop();
  });
});
