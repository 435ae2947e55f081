import { compareRates, type MoneyText, parseMoney } from '../kernel';
import type { AccountChange, BookLine } from '../loan';
import { figuresOn, type Quote } from '../schedule';
import { type Invariant, type LoggedFact, nothingUnfinished } from './invariant';

/** What every fact of a loan's account carries. */
interface AccountFact {
  readonly change: AccountChange;
  readonly journal: readonly BookLine[];
  readonly outstanding: MoneyText;
  readonly principalOutstanding: MoneyText;
}

const isAccountFact = (data: object): data is AccountFact => 'change' in data && 'journal' in data;
const accountFactOf = ({ data }: LoggedFact): AccountFact | undefined => (isAccountFact(data) ? data : undefined);

/** Σ principal that the installments ask for, by loan, as the facts have changed it. */
const planned = (rows: Map<number, bigint>, { change, outstanding }: AccountFact): bigint => {
  for (const n of rows.keys()) if (n > change.count) rows.delete(n);
  const { currency } = outstanding;
  for (const { n, owed } of change.installments) {
    rows.set(n, owed.principal === undefined ? 0n : parseMoney({ amount: owed.principal, currency }).minor);
  }
  return [...rows.values()].reduce((sum, principal) => sum + principal, 0n);
};

const LENDING: ReadonlySet<string> = new Set([
  'disbursement',
  'capitalized-income',
  'chargeback',
  'credit-balance-refund',
]);

/** What has been lent, and lent again by a payment that was taken back, in minor units. */
const lentBy = ({ change, outstanding: { currency } }: AccountFact, known: Map<string, bigint>): bigint => {
  for (const { fact, kind, undone, parts } of change.transactions) {
    if (!LENDING.has(kind)) continue;
    const lends = undone ? undefined : parts.principal;
    known.set(fact, lends === undefined ? 0n : parseMoney({ amount: lends, currency }).minor);
  }
  return [...known.values()].reduce((sum, lent) => sum + lent, 0n);
};

export const schedulesAddUp: Invariant = {
  id: 'I-09',
  statement: 'After every fact the principal of the installments adds up to what was lent',
  watch: () => {
    const loans = new Map<string, { readonly rows: Map<number, bigint>; readonly lent: Map<string, bigint> }>();
    return {
      see: (fact) => {
        const data = accountFactOf(fact);
        if (data === undefined) return undefined;
        const loan = loans.get(fact.stream) ?? { rows: new Map(), lent: new Map() };
        loans.set(fact.stream, loan);
        const [principal, lent] = [planned(loan.rows, data), lentBy(data, loan.lent)];
        return principal === lent ? undefined : `the installments repay ${principal} of ${lent} minor units`;
      },
      unfinished: nothingUnfinished,
    };
  },
};

export const outstandingIsWithinBounds: Invariant = {
  id: 'I-04',
  statement:
    'What is outstanding is never below zero, principal is never more than all of it, and a closed loan owes nothing',
  watch: () => {
    const owed = new Map<string, bigint>();
    return {
      see: (fact) => {
        if (fact.type === 'LoanClosed') {
          const left = owed.get(fact.stream) ?? 0n;
          return left === 0n ? undefined : `closed with ${left} outstanding`;
        }
        const data = accountFactOf(fact);
        if (data === undefined) return undefined;
        const [left, principal] = [parseMoney(data.outstanding).minor, parseMoney(data.principalOutstanding).minor];
        owed.set(fact.stream, left);
        return principal < 0n || principal > left ? `${principal} of ${left} minor units outstanding` : undefined;
      },
      unfinished: nothingUnfinished,
    };
  },
};

export const ratesAreWithinTheCap: Invariant = {
  id: 'I-12',
  statement: 'No offer and no contract has an all-in annual rate above the legal cap it was checked against',
  watch: () => ({
    see: (fact) => {
      if (fact.type === 'ApplicationApproved') {
        const { offer, cap } = fact.data;
        return compareRates(offer.allInRate, cap) > 0 ? `offered at ${offer.allInRate}, cap ${cap}` : undefined;
      }
      if (fact.type !== 'LoanOpened') return undefined;
      const { contract, cap } = fact.data;
      return compareRates(contract.allInRate, cap) > 0 ? `contracted at ${contract.allInRate}, cap ${cap}` : undefined;
    },
    unfinished: nothingUnfinished,
  }),
};

export const quotesAreKept: Invariant = {
  id: 'I-13',
  statement:
    'What was quoted is what was accepted and contracted, and what was booked is what the same terms quote for that day',
  watch: () => {
    const offered = new Map<string, string>();
    const contracted = new Map<string, Quote>();
    return {
      see: (fact) => {
        switch (fact.type) {
          case 'ApplicationApproved':
            offered.set(fact.stream, fact.data.offer.quoteHash);
            return undefined;
          case 'OfferAccepted':
            return offered.get(fact.stream) === fact.data.quoteHash ? undefined : 'another quote was accepted';
          case 'LoanOpened':
            contracted.set(fact.stream, fact.data.contract);
            return offered.get(fact.data.applicationId) === fact.data.contract.quoteHash
              ? undefined
              : 'contracted something else than was offered';
          case 'LoanDisbursed': {
            const contract = contracted.get(fact.stream);
            contracted.delete(fact.stream);
            if (contract === undefined || fact.data.amount.amount !== contract.principal.amount) return undefined;
            return bookedFigures(fact.data) === quotedFigures(figuresOn(contract, fact.data.valueDate).schedule)
              ? undefined
              : 'booked something else than was contracted';
          }
          default:
            return undefined;
        }
      },
      unfinished: nothingUnfinished,
    };
  },
};

const NOTHING = /^0(\.0*)?$/;
const shown = (amount: string | undefined): string => (amount === undefined || NOTHING.test(amount) ? '-' : amount);

const quotedFigures = ({ rows }: Quote['schedule']): string =>
  rows
    .map((row) => [row.n, row.due, ...[row.principal, row.interest, row.fee].map(shown), row.balance].join())
    .join(';');

const bookedFigures = ({ change }: AccountFact): string =>
  change.installments
    .map(({ n, due, owed, balance }) =>
      [n, due, ...[owed.principal, owed.interest, owed.fee].map(shown), balance].join(),
    )
    .join(';');
