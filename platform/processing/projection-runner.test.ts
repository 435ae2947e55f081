import { runnerOf } from '../../tests/support/projection-world';
import {
  called,
  closed,
  memoryStore,
  openTallyLog,
  SetClock,
  type TallyEvent,
  type TallyLog,
  tallies,
  turn,
} from '../../tests/support/tally-world';
import type { ReadBatch, ReadStore } from '../read-store';
import { MemoryReadStore } from '../read-store/adapters/memory';
import { systemTimers } from '../runtime';
import { type Committed, type ProjectionRunnerOptions, silentObserver } from '.';

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

describe('a document at hand', () => {
  it('is not read again, and never shown before it is written', async () => {
    const { log, write } = await openTallyLog();
    let [reads, held] = [0, Promise.resolve()];
    class Watched extends MemoryReadStore {
      override get: ReadStore['get'] = (spec, key) => {
        reads += 1;
        return super.get(spec, key);
      };
      override getMany: ReadStore['getMany'] = (spec, keys) => {
        reads += 1;
        return super.getMany(spec, keys);
      };
      override commit = async (batch: ReadBatch): Promise<void> => {
        await held;
        await super.commit(batch);
      };
    }
    let release = (): void => undefined;
    const runner = runnerOf({ log, store: new Watched(), projections: [tallies()] });
    await runner.start();
    await write('table-1', [called(1)]);
    await runner.idle();
    const readBefore = reads;
    const reader = runner.reader(tallies());
    const numbers = async () => (await reader.get('table-1'))?.doc.numbers;
    held = new Promise((resolve) => {
      release = resolve;
    });
    await write('table-1', [called(2)]);
    await turn();
    expect(await numbers()).toEqual([1]);
    expect((await reader.getMany(['table-1'])).get('table-1')?.doc.numbers).toEqual([1]);
    release();
    await runner.idle();
    expect(await numbers()).toEqual([1, 2]);
    expect(reads).toBe(readBefore);
    expect([...(await reader.getMany(['table-1', 'table-2'])).keys()]).toEqual(['table-1']);
    expect(reads).toBe(readBefore + 1);
    await runner.stop();
    expect(await numbers()).toEqual([1, 2]);
    expect(reads).toBe(readBefore + 2);
  });
});

describe('a runner that is started again after a stop', () => {
  it('goes on with what others have written and what has come meanwhile', async () => {
    const { log, write } = await openTallyLog();
    const store = memoryStore();
    const [one, other] = [runnerOf({ log, store }), runnerOf({ log, store })];
    for (const [number, runner] of [one, other, one].entries()) {
      await write('table-1', [called(number)]);
      await runner.start();
      await runner.idle();
      await runner.stop();
    }
    expect((await one.reader(tallies()).get('table-1'))?.doc.numbers).toEqual([0, 1, 2]);
    await one.start();
    await expect(one.start()).rejects.toThrow('two projections are called tallies');
    await one.rebuild('tallies');
    expect((await one.reader(tallies()).get('table-1'))?.doc.numbers).toEqual([0, 1, 2]);
    await one.stop();
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
