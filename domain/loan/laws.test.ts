import fc from 'fast-check';
import { answer, LOAN } from '../../tests/support/example-loan';
import { type LifePlan, lifePlan, playLife } from '../../tests/support/loan-lives';
import {
  addDays,
  type BusinessDate,
  fold,
  formatMoney,
  type MoneyText,
  moneyOf,
  parseMoney,
  repaymentId,
} from '../kernel';
import {
  accountOn,
  type LoanEvent,
  type LoanState,
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
type LentLoan = Extract<LoanState, { status: 'lent' }>;

const minor = (amount: MoneyText): bigint => parseMoney(amount).minor;
const total = (portions: Portions): bigint => PORTIONS.reduce((all, portion) => all + portions[portion].minor, 0n);

const lentAfter = (state: LoanState): LentLoan => {
  if (state.status !== 'lent') throw new Error(`the loan is ${state.status}`);
  return state;
};
const isActive = (state: LoanState): state is LentLoan => payoffOn(state, '2000-01-01' as BusinessDate) !== undefined;

const repaymentsIn = (events: readonly LoanEvent[]): DataOf<'RepaymentApplied'>[] =>
  events.flatMap((event) => (event.type === 'RepaymentApplied' ? [event.data] : []));

test('a repayment is divided without remainder: Σ portions + unapplied + recovered = amount', () => {
  always((plan) => {
    for (const { amount, totals, unapplied, recovered } of repaymentsIn(playLife(plan).events)) {
      const parts = PORTIONS.reduce((sum, portion) => sum + minor(totals[portion]), 0n);
      expect(parts + minor(unapplied) + minor(recovered)).toBe(minor(amount));
    }
  });
});

test('outstanding principal is what was lent less what came back and was given up, and nothing is below zero', () => {
  always((plan) => {
    for (const { after } of playLife(plan).moments) {
      const { account } = lentAfter(after);
      const { due, notDue } = outstandingOf(lentAfter(after));
      const lent = account.disbursements.reduce((sum, { amount }) => sum + amount, 0n);
      const back = account.installments.reduce((sum, { paid, waived, writtenOff }) => {
        return sum + paid.principal + waived.principal + writtenOff.principal;
      }, 0n);
      expect(due.principal.minor + notDue.principal.minor).toBe(lent - back);
      expect(PORTIONS.every((portion) => due[portion].minor >= 0n && notDue[portion].minor >= 0n)).toBe(true);
    }
  });
});

test('a loan closes when, and only when, nothing is owed', () => {
  always((plan) => {
    for (const { after } of playLife(plan).moments) {
      const loan = lentAfter(after);
      const { due, notDue } = outstandingOf(loan);
      if (loan.account.status === 'written-off') continue;
      expect(loan.closedOn === undefined).toBe(total(due) + total(notDue) > 0n);
    }
  });
});

test('aging day by day, in other rounds or all at once comes to the same', () => {
  fc.assert(
    fc.property(lifePlan, fc.integer({ min: 1, max: 40 }), (plan, agedEvery) => {
      const once = lentAfter(playLife(plan).state);
      const often = lentAfter(playLife(plan, { agedEvery }).state);
      expect(often.account.installments).toEqual(once.account.installments);
      expect(often.account.transactions).toEqual(once.account.transactions);
      expect(often.closedOn).toEqual(once.closedOn);
    }),
    { numRuns: 200 },
  );
});

test('aging twice to the same day, or to an earlier one, changes nothing', () => {
  always((plan) => {
    const { moments } = playLife(plan);
    for (const { on, after } of moments) {
      const age = (asOf: BusinessDate) => ({ type: 'AgeLoan', data: { loanId: LOAN, asOf } }) as const;
      const aged = answer(after, on, age(on)).reduce(loanDecider.evolve, after);
      for (const day of [on, addDays(on, -1), addDays(on, -40)]) expect(answer(aged, on, age(day))).toEqual([]);
    }
  });
});

test('what is recorded of a loan is what its facts make of it', () => {
  always((plan) => {
    for (const { after } of playLife(plan).moments) {
      const loan = lentAfter(after);
      const replayed = accountOn(loan, addDays('1970-01-01' as BusinessDate, loan.account.asOf));
      const byFact = (account: LentLoan['account']) => ({
        ...account,
        transactions: account.transactions
          .filter(({ undone }) => !undone)
          .toSorted((one, other) => (one.fact < other.fact ? -1 : 1)),
      });
      expect(byFact(loan.account)).toEqual(byFact(replayed));
    }
  });
});

test('the next aging date is the first day with something besides interest and penalty to do', () => {
  always((plan) => {
    const { state } = playLife(plan);
    const next = nextAgingDate(state);
    if (!isActive(state)) return;
    const age = (asOf: BusinessDate) => answer(state, asOf, { type: 'AgeLoan', data: { loanId: LOAN, asOf } });
    const through = state.agedThrough;
    const until = next ?? addDays(through, 1000);
    if (until <= addDays(through, 1)) return;
    const news = age(addDays(until, -1)).filter(
      (event) => event.type === 'ArrearsBucketChanged' || (event.type === 'LoanAged' && event.data.fellDue.length > 0),
    );
    expect(news).toEqual([]);
  });
});

test('the payoff quote closes the loan to the cent, and a cent less does not', () => {
  fc.assert(
    fc.property(lifePlan, fc.integer({ min: 0, max: 60 }), (plan, days) => {
      const { state } = playLife(plan);
      if (!isActive(state)) return;
      const on = addDays(state.agedThrough, days);
      const payoff = payoffOn(state, on);
      if (payoff === undefined) throw new Error('an active loan has a payoff');
      const pay = (amount: bigint) => {
        const text = formatMoney(moneyOf(amount, plan.terms.currency));
        const data = { loanId: LOAN, repaymentId: repaymentId('last'), amount: text, valueDate: on };
        const events = answer(state, on, { type: 'ApplyRepayment', data });
        return { repayment: repaymentsIn(events)[0], after: lentAfter(events.reduce(loanDecider.evolve, state)) };
      };
      const { repayment, after } = pay(minor(payoff.total));
      expect(after.closedOn).toBe(on);
      expect(repayment).toMatchObject({ unapplied: { amount: '0.00' } });
      expect(total(payoff.portions)).toBe(minor(payoff.total));
      if (minor(payoff.total) > 1n) expect(pay(minor(payoff.total) - 1n).after.closedOn).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test('whatever was repaid and is taken back leaves the loan as if it had never been', () => {
  always((plan) => {
    const untouched = { ...plan, steps: plan.steps.filter(({ kind }) => kind === 'age') };
    const paying = { ...plan, steps: plan.steps.filter(({ kind }) => kind !== 'write-off') };
    const { state, moments } = playLife(paying);
    const on = addDays(moments.at(-1)?.on ?? plan.disbursedOn, 1);
    let loan = lentAfter(state);
    for (const of of [...loan.applied]) {
      const events = answer(loan, on, { type: 'ReverseFact', data: { loanId: LOAN, valueDate: on, of } });
      loan = lentAfter(events.reduce(loanDecider.evolve, loan as LoanState));
    }
    const never = accountOn(lentAfter(playLife(untouched).state), on);
    expect(accountOn(loan, on).installments).toEqual(never.installments);
    expect(loan.account.overpaid).toBe(0n);
  });
});

test('facts fold to the state that was decided on, and each is valid by its schema', () => {
  always((plan) => {
    const { events, state } = playLife(plan);
    expect(fold(loanDecider, events)).toEqual(state);
    for (const { type, data } of events) expect(loanEvents[type].data.safeParse(data).error).toBeUndefined();
  });
});
