import fc from 'fast-check';
import {
  countsOn,
  playServiced,
  redelivered,
  type ServicedLife,
  servicedPlans,
} from '../../tests/support/serviced-lives';
import { dateOf } from '../calendar';
import { addDays, fold } from '../kernel';
import { accountOn, type LoanState, lentLoanOn, loanDecider, loanEvents } from '.';

/** What holds of a loan whatever its staff and its borrower do to it, under whatever terms. */

type LentLoan = Extract<LoanState, { status: 'lent' }>;

/** Facts by their names: the numbers that they come with say in which order they became known. */
const named = (id: string): string => id.slice(id.indexOf('.') + 1);

const byName = <T extends { readonly fact: string }>(items: readonly T[]): readonly T[] =>
  items.map((item) => ({ ...item, fact: named(item.fact) }));

/** A loan on a day, but for the order in which its facts became known. */
const toldOn = (loan: LentLoan, on: Parameters<typeof lentLoanOn>[1]) => {
  const then = lentLoanOn(loan, on);
  if (then === undefined) return undefined;
  const { account, applied, payouts, bucket, closedOn } = then;
  return {
    account: {
      ...account,
      disbursements: byName(account.disbursements),
      transactions: byName(account.transactions.filter(({ undone }) => !undone)),
      charges: byName(account.charges),
    },
    applied: applied.toSorted(),
    payouts: payouts.toSorted(),
    bucket,
    closedOn,
  };
};

/** Commands in another order; those that count for one day keep theirs, for it is the one in which they happened. */
const otherOrders = ({ obeyed }: ServicedLife): fc.Arbitrary<readonly number[]> => {
  const days = obeyed.map(countsOn);
  return fc.shuffledSubarray([...obeyed.keys()], { minLength: obeyed.length }).map((order) => {
    const waiting = new Map(days.map((on) => [on, [...obeyed.keys()].filter((index) => days[index] === on)]));
    return order.flatMap((index) => waiting.get(days[index])?.shift() ?? []);
  });
};

describe.each(['progressive', 'cumulative'] as const)('a loan that is planned the %s way', (planning) => {
  test('is at any day the same in whatever order what happened to it became known', () => {
    const twice = servicedPlans(planning, 6).chain((plan) => {
      const life = playServiced(plan);
      return fc.tuple(fc.constant(plan), fc.constant(life), otherOrders(life));
    });
    fc.assert(
      fc.property(twice, ([plan, life, order]) => {
        // A write-off counts for the day on which it is given: it cannot come late.
        if (life.obeyed.some((one) => countsOn(one) === undefined)) return;
        const other = redelivered(plan, life, order);
        if (other === undefined) return;
        for (const on of [...life.obeyed.map(countsOn), addDays(life.today, 60)]) {
          if (on !== undefined) expect(toldOn(other, on)).toEqual(toldOn(life.loan, on));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('is what its facts make of it, and each fact is valid by its schema', () => {
    fc.assert(
      fc.property(servicedPlans(planning), (plan) => {
        const { events, loan } = playServiced(plan);
        expect(fold(loanDecider, events)).toEqual(loan);
        for (const { type, data } of events) expect(loanEvents[type].data.safeParse(data).error).toBeUndefined();
        // What is on record stands in the order in which it became known, what is worked out by its days.
        const asKnown = <T extends { readonly fact: string }>(items: readonly T[]): readonly T[] =>
          items.toSorted((one, other) => (one.fact < other.fact ? -1 : 1));
        const sorted = (account: LentLoan['account']) => ({
          ...account,
          disbursements: asKnown(account.disbursements),
          transactions: asKnown(account.transactions.filter(({ undone }) => !undone)),
          charges: asKnown(account.charges),
        });
        expect(sorted(loan.account)).toEqual(sorted(accountOn(loan, dateOf(loan.account.asOf))));
      }),
      { numRuns: 100 },
    );
  });
});
