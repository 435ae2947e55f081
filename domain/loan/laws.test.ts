import fc from 'fast-check';
import { answer, LOAN } from '../../tests/support/example-loan';
import { type LifePlan, lifePlan, playLife } from '../../tests/support/loan-lives';
import { addDays, fold, formatMoney, type MoneyText, moneyOf, parseMoney, repaymentId } from '../kernel';
import {
  type AllocationLine,
  type LoanEvent,
  loanDecider,
  loanEvents,
  nextAgingDate,
  outstandingOf,
  PORTIONS,
  type Portions,
  payoffOn,
} from '.';

/** What always holds of a loan, whatever happens to it: over random terms and random lives. */
const always = (law: (plan: LifePlan) => void): void => fc.assert(fc.property(lifePlan, law), { numRuns: 200 });

type DataOf<Type extends LoanEvent['type']> = Extract<LoanEvent, { type: Type }>['data'];

const minor = (amount: MoneyText): bigint => parseMoney(amount).minor;
const sum = (amounts: readonly MoneyText[]): bigint => amounts.reduce((total, amount) => total + minor(amount), 0n);
const total = (portions: Portions): bigint => PORTIONS.reduce((all, portion) => all + portions[portion].minor, 0n);

const repaymentsIn = (events: readonly LoanEvent[]): DataOf<'RepaymentApplied'>[] =>
  events.flatMap((event) => (event.type === 'RepaymentApplied' ? [event.data] : []));

test('a repayment is divided without remainder: Σ lines + unapplied = amount, Σ lines = totals', () => {
  always((plan) => {
    for (const { amount, lines, totals, unapplied } of repaymentsIn(playLife(plan).events)) {
      expect(sum(lines.map((line) => line.amount)) + minor(unapplied)).toBe(minor(amount));
      for (const portion of PORTIONS) {
        const ofPortion = lines.filter((line) => line.portion === portion);
        expect(sum(ofPortion.map((line) => line.amount))).toBe(minor(totals[portion]));
      }
    }
  });
});

test('outstanding principal = disbursed − repaid − written off, never below zero', () => {
  always((plan) => {
    let expected = 0n;
    for (const { events, after } of playLife(plan).moments) {
      expected += sum(events.map(principalMoved));
      if (after.status === 'none') continue;
      const { due, notDue } = outstandingOf(after);
      expect(due.principal.minor + notDue.principal.minor).toBe(expected);
      expect(PORTIONS.every((portion) => due[portion].minor >= 0n && notDue[portion].minor >= 0n)).toBe(true);
    }
  });
});

const negated = ({ amount, currency }: MoneyText): MoneyText => ({ amount: `-${amount}`, currency });

/** What an event does to the principal outstanding. */
const principalMoved = (event: LoanEvent): MoneyText => {
  switch (event.type) {
    case 'LoanDisbursed':
      return event.data.amount;
    case 'RepaymentApplied':
      return negated(event.data.totals.principal);
    case 'LoanWrittenOff':
      return negated(event.data.amounts.principal);
    default:
      return { amount: '0.00', currency: 'CNY' };
  }
};

test('a loan closes when, and only when, nothing is owed', () => {
  always((plan) => {
    for (const { events, after } of playLife(plan).moments) {
      if (after.status === 'none') continue;
      const { due, notDue } = outstandingOf(after);
      expect(after.status === 'active').toBe(total(due) + total(notDue) > 0n);
      for (const event of events) if (event.type === 'LoanClosed') expect(after.status).toBe('closed');
    }
  });
});

test('money is paid in order: what is due first, oldest installment first, penalty, fee, interest, principal', () => {
  const place = ({ installment, portion }: AllocationLine): number => installment * 10 + PORTIONS.indexOf(portion);
  always((plan) => {
    for (const { events, after } of playLife(plan).moments) {
      for (const { lines } of repaymentsIn(events)) {
        const places = lines.map(place);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const firstInAdvance = lines.findIndex((line) => line.inAdvance);
        if (firstInAdvance >= 0) {
          expect(lines.slice(firstInAdvance).every((line) => line.inAdvance)).toBe(true);
          if (after.status === 'active') expect(total(outstandingOf(after).due)).toBe(0n);
        }
      }
    }
  });
});

test('aging day by day, in other rounds or all at once comes to the same', () => {
  const withoutLateNews = lifePlan.map((plan) => ({
    ...plan,
    steps: plan.steps.map((step) => (step.kind === 'repay' ? { ...step, late: 0 } : step)),
  }));
  fc.assert(
    fc.property(withoutLateNews, fc.integer({ min: 1, max: 40 }), (plan, agedEvery) => {
      const once = playLife(plan);
      const often = playLife(plan, { agedEvery });
      expect(withoutPenalties(often.events)).toEqual(withoutPenalties(once.events));
      expect(penaltiesOf(often.events)).toEqual(penaltiesOf(once.events));
    }),
    { numRuns: 200 },
  );
});

const withoutPenalties = (events: readonly LoanEvent[]): readonly LoanEvent[] =>
  events.filter(({ type }) => type !== 'PenaltyCharged');

/** Days and amount of penalty per installment over a life. */
const penaltiesOf = (events: readonly LoanEvent[]): Readonly<Record<number, { days: number; amount: bigint }>> => {
  const charged: Record<number, { days: number; amount: bigint }> = {};
  for (const event of events) {
    if (event.type !== 'PenaltyCharged') continue;
    const { installment, days, amount } = event.data;
    const before = charged[installment] ?? { days: 0, amount: 0n };
    charged[installment] = { days: before.days + days, amount: before.amount + minor(amount) };
  }
  return charged;
};

test('aging twice to the same day, or to an earlier one, changes nothing', () => {
  always((plan) => {
    const { moments } = playLife(plan);
    for (const { on, after } of moments) {
      const asOf = after.status === 'active' ? after.agedThrough : on;
      const aged = answer(after, on, { type: 'AgeLoan', data: { loanId: LOAN, asOf } }).reduce(
        loanDecider.evolve,
        after,
      );
      for (const day of [asOf, addDays(asOf, -1), addDays(asOf, -40)]) {
        expect(answer(aged, on, { type: 'AgeLoan', data: { loanId: LOAN, asOf: day } })).toEqual([]);
      }
    }
  });
});

test('the next aging date is the first day with something besides penalty to do, and never a day with nothing', () => {
  always((plan) => {
    const { state } = playLife(plan);
    const next = nextAgingDate(state);
    if (state.status !== 'active') return expect(next).toBeUndefined();
    const age = (asOf: typeof state.agedThrough) =>
      answer(state, asOf, { type: 'AgeLoan', data: { loanId: LOAN, asOf } });
    const until = next ?? addDays(state.agedThrough, 1000);
    expect(age(addDays(until, -1)).filter(({ type }) => type !== 'PenaltyCharged')).toEqual([]);
    if (next !== undefined) expect(age(next)).not.toEqual([]);
  });
});

test('the payoff quote closes the loan to the cent, and a cent less does not', () => {
  fc.assert(
    fc.property(lifePlan, fc.integer({ min: 0, max: 60 }), (plan, days) => {
      const { state } = playLife(plan);
      if (state.status !== 'active') return;
      const on = addDays(state.agedThrough, days);
      const payoff = payoffOn(state, on);
      if (payoff === undefined) throw new Error('an active loan has a payoff');
      const pay = (amount: bigint) => {
        const text = formatMoney(moneyOf(amount, plan.terms.currency));
        const data = { loanId: LOAN, repaymentId: repaymentId('last'), amount: text, valueDate: on };
        const events = answer(state, on, { type: 'ApplyRepayment', data });
        return { repayment: repaymentsIn(events)[0], after: events.reduce(loanDecider.evolve, state) };
      };
      const { repayment, after } = pay(payoff.total.minor);
      expect(after.status).toBe('closed');
      expect(repayment).toMatchObject({
        unapplied: { amount: '0.00' },
        interestForgone: formatMoney(payoff.interestForgone),
      });
      expect(total(payoff.due) + total(payoff.notDue)).toBe(payoff.total.minor);
      if (payoff.total.minor > 1n) expect(pay(payoff.total.minor - 1n).after.status).toBe('active');
    }),
    { numRuns: 200 },
  );
});

test('facts fold to the state that was decided on, and each is valid by its schema', () => {
  always((plan) => {
    const { events, state } = playLife(plan);
    expect(fold(loanDecider, events)).toEqual(state);
    for (const { type, data } of events) expect(loanEvents[type].data.safeParse(data).error).toBeUndefined();
  });
});
