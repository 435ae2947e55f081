import { parseMoney } from '../kernel';
import { type BookRole, linesOf } from '../loan';
import { type Invariant, type LoggedFact, nothingUnfinished } from './invariant';
import { accountFactOf } from './loan-accounts';

const EARNING: ReadonlySet<BookRole> = new Set(['interest-income', 'penalty-income', 'suspended-interest']);

export const nothingIsEarnedOnWhatHasEnded: Invariant = {
  id: 'I-17',
  statement: 'Time earns nothing on a loan that is not paid out yet, is closed or was cancelled',
  check: () => {
    const lent = new Set<string>();
    return {
      see: (fact) => {
        switch (fact.type) {
          case 'LoanDisbursed':
          case 'LoanReopened':
            lent.add(fact.stream);
            return undefined;
          case 'LoanClosed':
          case 'LoanCancelled':
            lent.delete(fact.stream);
            return undefined;
          case 'LoanAged': {
            const earned = linesOf(fact.data.journal).find(({ role, side }) => side === 'credit' && EARNING.has(role));
            return earned === undefined || lent.has(fact.stream)
              ? undefined
              : `${earned.amount} of ${earned.role} on a loan that is not lent`;
          }
          default:
            return undefined;
        }
      },
      unfinished: nothingUnfinished,
    };
  },
};

const RECEIVABLE: ReadonlySet<BookRole> = new Set([
  'principal-receivable',
  'interest-receivable',
  'fee-receivable',
  'penalty-receivable',
]);

/** What a fact changes of all that is receivable of its loan, in minor units. */
const receivableIn = (fact: LoggedFact): bigint => {
  const data = accountFactOf(fact);
  if (data === undefined) return 0n;
  const { currency } = data.outstanding;
  return linesOf(data.journal)
    .filter(({ role }) => RECEIVABLE.has(role))
    .reduce((sum, { side, amount }) => {
      const { minor } = parseMoney({ amount, currency });
      return side === 'debit' ? sum + minor : sum - minor;
    }, 0n);
};

export const closedLoansOweNothing: Invariant = {
  id: 'I-25',
  statement: 'The receivable accounts of a closed loan are all at nothing',
  check: () => {
    const receivable = new Map<string, bigint>();
    return {
      see: (fact) => {
        if (fact.type !== 'LoanClosed') {
          const changed = receivableIn(fact);
          if (changed !== 0n) receivable.set(fact.stream, (receivable.get(fact.stream) ?? 0n) + changed);
          return undefined;
        }
        const left = receivable.get(fact.stream) ?? 0n;
        return left === 0n ? undefined : `closed with ${left} minor units receivable`;
      },
      unfinished: nothingUnfinished,
    };
  },
};
