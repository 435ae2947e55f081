import { runnerOf } from '../../tests/support/projection-world';
import {
  called,
  closed,
  dumped,
  foldedInOneGo,
  memoryStore,
  openTallyLog,
  type TallyEvent,
  tallies,
} from '../../tests/support/tally-world';
import { type AnyProjection, silentObserver } from '.';

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
