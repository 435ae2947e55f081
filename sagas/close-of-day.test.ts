import { aggregates } from '../commands';
import { addDays, type BusinessDate, businessDate, reconciliationId } from '../domain/kernel';
import { type SagaHouse, sagaHouse } from '../tests/support/saga-house';
import { CloseOfDay } from '.';
import { DayBook } from './day-book';
import type { DayStep } from './day-step';
import { KeptDayBook } from './kept-day-book';

const TODAY = businessDate('2026-11-22');
const CHANNEL = 'sandbox-channel';
const HOURS = 3_600_000;

let house: SagaHouse;
afterEach(() => house.close());

/** Money went out on the 22nd and came in on the 23rd; it is the 24th now. */
const openWithMovements = async (statementFaults = 0): Promise<void> => {
  house = await sagaHouse();
  house.sandbox.behave('channel', { statementFaults });
  await house.publish();
  await house.register();
  await house.apply();
  await house.sign();
  await house.pass(24 * HOURS);
  await house.repay();
  await house.pass(24 * HOURS);
};

const reconciliation = async (channel: string, date: BusinessDate) =>
  (await house.bus.load(aggregates.reconciliation, reconciliationId(channel, date))).state;

describe('the close of a day', () => {
  it('closes the days that were missed, oldest first, each counterparty for itself, each once', async () => {
    await openWithMovements();
    const closings = await house.night.closeThrough(addDays(TODAY, 1));
    expect(closings).toEqual([
      { date: TODAY, unavailable: [], opened: 0, explained: 0 },
      { date: addDays(TODAY, 1), unavailable: [], opened: 0, explained: 0 },
    ]);
    for (const date of [TODAY, addDays(TODAY, 1)]) {
      for (const channel of [CHANNEL, 'custody']) {
        expect(await reconciliation(channel, date)).toMatchObject({ status: 'closed' });
      }
    }
    const before = await house.typesOf(reconciliationId(CHANNEL, TODAY));
    await house.night.close(TODAY);
    expect(await house.night.closeThrough(addDays(TODAY, 1))).toEqual([]);
    expect(await house.typesOf(reconciliationId(CHANNEL, TODAY))).toEqual(before);
  });

  it('lets later steps do what they can between two portions of a step that has much to do', async () => {
    await openWithMovements();
    const told: string[] = [];
    const step = (name: string, portions: number): DayStep => ({
      name,
      ahead: async () => void told.push(`${name} ahead`),
      work: async (_date, between) => {
        told.push(name);
        for (let portion = 1; portion < portions; portion += 1) await between();
        return { done: 0 };
      },
    });
    const steps = [step('dues', 3), step('debits', 1), step('register', 1)];
    await new CloseOfDay({ ...house.nightWorld, steps }).close(TODAY);
    const ahead = ['debits ahead', 'register ahead'];
    expect(told).toEqual(['dues', ...ahead, ...ahead, 'debits', 'register']);
  });

  it('goes on after a restart from what was kept of the log, and knows the same', async () => {
    await openWithMovements(1);
    const { log, store } = house.nightWorld;
    const bookOf = () => new DayBook(log, { channels: [CHANNEL], custody: 'custody' });
    await house.night.close(TODAY);
    const early = bookOf();
    await early.catchUp();
    const kept = JSON.parse(JSON.stringify(early.state()));
    await house.night.close(addDays(TODAY, 1));
    const [resumed, anew] = [bookOf(), bookOf()];
    resumed.resume(kept);
    for (const book of [resumed, anew]) await book.catchUp();
    expect(resumed.taken).toBeLessThan(anew.taken);
    expect(resumed.state()).toEqual(anew.state());
    expect(resumed.openBreaks().length).toBeGreaterThan(0);

    const keeping = new KeptDayBook(anew, log, store, 0);
    await keeping.save();
    const restarted = bookOf();
    await new KeptDayBook(restarted, log, store).catchUp();
    expect(restarted.taken).toBe(0);
    expect(restarted.state()).toEqual(anew.state());
  });

  it('names who gave no statement, and asks them again the next time', async () => {
    await openWithMovements();
    house.sandbox.behave('channel', { operations: { statement: 'server-error' } });
    const [closing] = await house.night.closeThrough(TODAY);
    expect(closing).toMatchObject({ date: TODAY, unavailable: [CHANNEL] });
    expect(await reconciliation('custody', TODAY)).toMatchObject({ status: 'closed' });
    house.sandbox.behave('channel', {});
    await house.pass(5_000);
    expect(await house.night.closeThrough(TODAY)).toMatchObject([{ date: TODAY, unavailable: [] }]);
    expect(await reconciliation(CHANNEL, TODAY)).toMatchObject({ status: 'closed' });
  });

  it('opens a break for what a statement has wrong, and lets the statement that puts it right explain it', async () => {
    await openWithMovements(1);
    const first = await house.night.close(TODAY);
    expect(first.opened).toBeGreaterThan(0);
    expect(await reconciliation(CHANNEL, TODAY)).toMatchObject({ status: 'open' });
    let explained = 0;
    for (let day = addDays(TODAY, 1); day <= addDays(TODAY, 3); day = addDays(day, 1)) {
      explained += (await house.night.close(day)).explained;
    }
    expect(explained).toBeGreaterThanOrEqual(2);
    expect(await reconciliation(CHANNEL, TODAY)).toMatchObject({ status: 'closed' });
  });
});
