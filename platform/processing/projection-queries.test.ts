import { called, memoryStore, openTallyLog, promptTimers, SetClock, tallies } from '../../tests/support/tally-world';
import { systemTimers } from '../runtime';
import { LogFeed, ProjectionNotReadyError, ProjectionRunner, StoredProjections } from '.';

const world = async () => {
  const { log, write } = await openTallyLog();
  const store = memoryStore();
  const clock = new SetClock();
  const runner = new ProjectionRunner({
    projections: [tallies()],
    feed: new LogFeed(log, { timers: promptTimers }),
    store,
    clock,
    timers: promptTimers,
  });
  return { log, write, store, clock, runner, elsewhere: new StoredProjections(store, clock, systemTimers) };
};

describe('projections that run in another process', () => {
  it('are read where their live documents lie', async () => {
    const { write, runner, elsewhere, clock } = await world();
    await write('table-1', [called(1)]);
    const reader = elsewhere.reader(tallies());
    await expect(reader.get('table-1')).rejects.toThrow(ProjectionNotReadyError);
    await runner.start();
    await runner.idle();
    expect((await reader.get('table-1'))?.doc.numbers).toEqual([1]);
    await runner.rebuild('tallies');
    await write('table-1', [called(2)]);
    await runner.idle();
    clock.advance(60_000);
    expect((await reader.get('table-1'))?.doc.numbers).toEqual([1, 2]);
    await expect(elsewhere.reader(tallies({ version: 2 })).get('table-1')).rejects.toThrow(ProjectionNotReadyError);
    await runner.stop();
  });

  it('are waited for until their checkpoint has come so far, even if the event is nothing to them', async () => {
    const { write, runner, elsewhere } = await world();
    await runner.start();
    const [event] = await write('shelf-1', [called(1)]);
    expect(await elsewhere.waitFor('tallies', event?.position ?? '', 10_000)).toBe(true);
    await runner.stop();
  });

  it('are not waited for longer than asked, though the clock stands still', async () => {
    const { runner, elsewhere } = await world();
    await runner.start();
    expect(await elsewhere.waitFor('tallies', '9999999999999999', 5)).toBe(false);
    await runner.stop();
  });
});
