import { aggregates, type CommandRequest } from '../commands';
import {
  accrualId,
  addDays,
  applicationId,
  type BusinessDate,
  businessDate,
  formatMoney,
  HOUSE_PERIODS,
  loanId,
  moneyOf,
  payoutId,
  productId,
  repaymentId,
  startOf,
} from '../domain/kernel';
import { bookDateFor, entryFor, ledgerIdFor } from '../domain/ledger';
import { accruedOn, accruingLoanOn } from '../domain/loan';
import { commandHouse } from '../tests/support/command-house';
import { agreementOver, cny, quoteFor, TERMS } from '../tests/support/example-loan';
import { handClock } from '../tests/support/outside-world';
import { PRODUCT } from '../tests/support/product';
import { Accruals } from './accruals';
import { EarningLoans } from './earning-loans';

/** Two loans over three months at 12 % a year, paid out on 15 January 2026. */
const LENT = businessDate('2026-01-15');
const CASH = productId('cash');
const REGISTER = accrualId(CASH, 'CNY');
const contract = quoteFor({ ...TERMS, charges: [] }, 300_000n, 3, LENT);
const day = (n: number): BusinessDate => addDays(LENT, n);

const lendingHouse = async () => {
  const clock = handClock(startOf(LENT));
  const { busOf, log, readStore: store, everything } = await commandHouse(clock);
  const { bus, give } = busOf('this-process');
  const must = async (request: CommandRequest, name: string): Promise<void> => {
    const result = await give(request, name);
    if (result.kind === 'refused') throw new Error(`${name}: ${result.refusal.code} ${result.refusal.detail}`);
  };
  await must({ type: 'DraftProduct', data: { productId: CASH, offering: PRODUCT } }, 'draft');
  await must({ type: 'PublishProduct', data: { productId: CASH } }, 'publish');
  const loans = ['a', 'b'].map((key) => loanId(applicationId(key)));
  for (const id of loans) {
    const { applicationId: _, ...agreement } = agreementOver(contract);
    const application = applicationId(id.slice('loan-'.length));
    const about = { loanId: id, applicationId: application, ...agreement };
    await must({ type: 'OpenLoan', data: about }, `open ${id}`);
    const { principal: amount } = contract;
    const payout = { loanId: id, payoutId: payoutId(id), amount, settledOn: LENT, channel: 'unionlike' };
    await must({ type: 'DisburseLoan', data: payout }, `disburse ${id}`);
  }
  const registered = async () =>
    (await everything()).flatMap((event) => (event.type === 'InterestAccrued' ? [event] : []));
  /** What the loans say that they have earned by a date. */
  const earned = async (on: BusinessDate) => {
    let sum = 0n;
    for (const id of loans) {
      const loan = accruingLoanOn((await bus.load(aggregates.loan, id)).state, on);
      if (loan) sum += accruedOn(loan, on);
    }
    return formatMoney(moneyOf(sum, 'CNY'));
  };
  return {
    loans,
    must,
    give,
    registered,
    earned,
    bus,
    /** Goes to a date; the first installments fall due on the 31st day. */
    to: async (date: BusinessDate): Promise<void> => {
      clock.advance(Date.parse(startOf(date)) - clock.now());
      if (date !== day(31)) return;
      for (const id of loans) await must({ type: 'AgeLoan', data: { loanId: id, asOf: date } }, `due ${id}`);
    },
    /** As a process does that has just been started. */
    restarted: () => new Accruals({ log, bus, store }),
    /** The loans of which something is kept. */
    kept: async () => {
      const ids: string[] = [];
      for await (const page of new EarningLoans(store).all()) ids.push(...page.map(({ id }) => id));
      return ids;
    },
    /** The same, with nothing in memory; and the loans that it reads. */
    cold: () => {
      const { bus: coldBus, reads } = busOf('this-process');
      return { accruals: new Accruals({ log, bus: coldBus, store }), reads };
    },
  };
};

describe('the register of accrued interest', () => {
  it('holds each date once, with what all loans have earned by its end', async () => {
    const { to, restarted, registered, earned } = await lendingHouse();
    const accruals = restarted();
    await to(day(3));
    const counts: number[] = [];
    for (const n of [1, 1, 2, 1]) counts.push(await accruals.accrue(day(n)));
    expect(counts).toEqual([1, 0, 1, 0]);
    expect(await restarted().accrue(day(2))).toBe(0);
    expect(await restarted().accrue(day(4))).toBe(0);
    const days = (await registered()).map(({ stream, data }) => [stream, data.valueDate, data.loans, data.accrued]);
    const level = async (on: BusinessDate) => ({ accrued: await earned(on), suspended: cny('0.00') });
    expect(days).toEqual([
      [REGISTER, day(1), 2, await level(day(1))],
      [REGISTER, day(2), 2, await level(day(2))],
    ]);
  });

  it('comes to the same day by day and in one step, by one process or by many', async () => {
    const [daily, once] = [await lendingHouse(), await lendingHouse()];
    const accruals = daily.restarted();
    for (let n = 1; n <= 40; n += 1) {
      await daily.to(day(n));
      await (n % 7 === 0 ? daily.restarted() : accruals).accrue(day(n));
    }
    await once.to(day(31));
    await once.to(day(40));
    await once.restarted().accrue(day(40));
    const [days, [all]] = [await daily.registered(), await once.registered()];
    expect(days).toHaveLength(40);
    expect(all?.data.accrued).toEqual(days.at(-1)?.data.accrued);
    const sum = days.reduce((total, { data }) => total + Number(data.change.accrued.amount), 0);
    expect(sum.toFixed(2)).toBe(all?.data.change.accrued.amount);
  });

  it('asks after a cold start only those loans again that something has happened to, or whose installment fell due', async () => {
    const { to, cold, must, loans, registered } = await lendingHouse();
    const [first, second] = loans;
    if (first === undefined || second === undefined) throw new Error('there are two loans');
    const readOn = async (n: number): Promise<readonly string[]> => {
      const { accruals, reads } = cold();
      await accruals.accrue(day(n));
      return reads.filter((stream) => stream.startsWith('loan-'));
    };
    await to(day(10));
    expect(await readOn(8)).toEqual([first, second]);
    expect(await readOn(9)).toEqual([]);
    const paid = { loanId: second, repaymentId: repaymentId('r1'), amount: cny('500.00'), valueDate: day(10) };
    await must({ type: 'ApplyRepayment', data: paid }, 'paid');
    expect(await readOn(10)).toEqual([second]);
    await to(day(32));
    expect(await readOn(30)).toEqual([]);
    expect((await readOn(31)).toSorted()).toEqual([first, second].toSorted());
    expect(await registered()).toHaveLength(5);
  });

  it('looks at loans ahead of its turn, and then at none of them again', async () => {
    const { to, cold, kept, loans, registered, earned } = await lendingHouse();
    await to(day(31));
    await cold().accruals.lookAhead(day(30));
    expect(await kept()).toEqual(loans);
    const { accruals, reads } = cold();
    expect(await accruals.accrue(day(30))).toBe(1);
    expect(reads.filter((stream) => stream.startsWith('loan-'))).toEqual([]);
    expect((await registered()).map(({ data }) => data.accrued.accrued)).toEqual([await earned(day(30))]);
  });

  it('is kept once by two at the same time, as by one', async () => {
    const [alone, together] = [await lendingHouse(), await lendingHouse()];
    for (const n of [1, 2, 31, 32]) {
      for (const { to } of [alone, together]) await to(day(n));
      await alone.restarted().accrue(day(n));
      await Promise.all([together.cold(), together.cold()].map(({ accruals }) => accruals.accrue(day(n))));
    }
    const told = async ({ registered }: typeof alone) =>
      (await registered()).map(({ id, data: { through: _, ...data } }) => ({ id, data }));
    expect(await told(together)).toEqual(await told(alone));
  });

  it('forgets a loan that has ended, and brings its portfolio to nothing', async () => {
    const { to, restarted, must, loans, registered, kept } = await lendingHouse();
    await to(day(10));
    await restarted().accrue(day(9));
    expect(await kept()).toEqual(loans);
    for (const id of loans) {
      const all = { loanId: id, repaymentId: repaymentId(id), amount: cny('9000.00'), valueDate: day(10) };
      await must({ type: 'ApplyRepayment', data: all }, `pay ${id}`);
    }
    await restarted().accrue(day(10));
    expect(await kept()).toEqual([]);
    expect((await registered()).at(-1)?.data).toMatchObject({ loans: 0, accrued: { accrued: cny('0.00') } });
  });

  it('says what late facts have changed of the dates before, and leaves those as they were', async () => {
    const { to, restarted, registered, must, loans } = await lendingHouse();
    const [first] = loans;
    if (first === undefined) throw new Error('there are loans');
    await to(day(10));
    await restarted().accrue(day(10));
    await to(day(11));
    const late = { loanId: first, repaymentId: repaymentId('r1'), amount: cny('1000.00'), valueDate: day(5) };
    await must({ type: 'ApplyRepayment', data: late }, 'late');
    await restarted().accrue(day(11));
    const [before, after] = (await registered()).map(({ data }) => data);
    // 10 of 31 days of 30.00 each; the payment of the fifth day has lowered what the next five have earned.
    expect(before?.accrued.accrued).toEqual(cny('19.34'));
    expect(Number(after?.restated.accrued.amount)).toBeLessThan(0);
    expect(before?.restated.accrued).toEqual(cny('0.00'));
  });

  it('is booked on its date; in the open period where that date is closed, and keeps its value date', async () => {
    const { to, restarted, registered, must, give } = await lendingHouse();
    await to(day(5));
    await restarted().accrue(day(1));
    await restarted().accrue(day(3));
    await must({ type: 'ClosePeriod', data: { periodId: HOUSE_PERIODS, through: day(2) } }, 'close');
    const [first, second] = await registered();
    const post = async (event: typeof first, bookOn?: BusinessDate) => {
      const [entry, ledgerId] = event ? [entryFor(event), ledgerIdFor(event)] : [];
      if (event === undefined || entry === undefined || ledgerId === undefined) throw new Error('it is booked');
      expect(bookDateFor(event)).toBe(event.data.valueDate);
      const data = { ledgerId, entry, ...(bookOn && { bookOn }) };
      return give({ type: 'PostEntry', data }, `post ${event.id} on ${bookOn}`);
    };
    expect(await post(first, day(1))).toMatchObject({ kind: 'refused', refusal: { code: 'PERIOD_CLOSED' } });
    const booked = { valueDate: day(1), bookedOn: day(5), postings: [{ account: '1105' }, { account: '4001' }] };
    expect(await post(first)).toMatchObject({ kind: 'accepted', events: [{ data: booked }] });
    expect(await post(second, day(3))).toMatchObject({ events: [{ data: { valueDate: day(3), bookedOn: day(3) } }] });
  });
});
