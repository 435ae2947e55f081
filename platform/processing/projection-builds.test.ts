import { documentsOf, inOneGo, runnerOf } from '../../tests/support/projection-world';
import {
  called,
  dumped,
  eventually,
  foldedInOneGo,
  Life,
  memoryStore,
  openTallyLog,
  type TallyEvent,
  tallies,
  turn,
} from '../../tests/support/tally-world';
import { systemTimers } from '../runtime';
import { type Projection, ProjectionNotReadyError, silentObserver } from '.';

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
        await turn();
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
      await turn();
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
