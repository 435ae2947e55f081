import { dateOf } from '../calendar';
import { compareRates, formatMinor, parseMoney } from '../kernel';
import { accountAfter, emptyAccount, type LoanEvent } from '../loan';
import { figuresOn, type LoanAccount, type Quote } from '../schedule';
import { type Invariant, nothingUnfinished } from './invariant';
import { type AccountFact, accountFactOf } from './loan-accounts';

type Contract = Extract<LoanEvent, { readonly type: 'LoanOpened' }>['data']['contract'];

/** Σ principal that the installments ask for, in minor units. */
const planned = ({ installments }: LoanAccount): bigint =>
  installments.reduce((sum, { owed }) => sum + owed.principal, 0n);

const LENDING: ReadonlySet<string> = new Set([
  'disbursement',
  'capitalized-income',
  'chargeback',
  'credit-balance-refund',
]);

/** What has been lent, and lent again by a payment that was taken back, in minor units. */
const lent = ({ transactions }: LoanAccount): bigint =>
  transactions.reduce(
    (sum, { kind, undone, parts }) => (LENDING.has(kind) && !undone ? sum + parts.principal : sum),
    0n,
  );

export const schedulesAddUp: Invariant = {
  id: 'I-09',
  statement: 'After every fact the principal of the installments adds up to what was lent',
  check: ({ accounts }) => ({
    see: (fact) => {
      if (accountFactOf(fact) === undefined) return undefined;
      const account = accounts.of(fact.stream);
      const [repaid, owed] = [planned(account), lent(account)];
      return repaid === owed ? undefined : `the installments repay ${repaid} of ${owed} minor units`;
    },
    unfinished: nothingUnfinished,
  }),
};

export const outstandingIsWithinBounds: Invariant = {
  id: 'I-04',
  statement:
    'What is outstanding is never below zero, principal is never more than all of it, and a closed loan owes nothing',
  check: () => {
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
  check: () => ({
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
  check: () => {
    const offered = new Map<string, string>();
    const contracted = new Map<string, Contract>();
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

const quotedFigures = ({ rows }: Quote['schedule']): string =>
  rows
    .map(({ n, due, principal, interest, fee, balance }) => [n, due, principal, interest, fee, balance].join())
    .join(';');

/** The plan that a loan's first payout booked. */
const bookedFigures = (data: AccountFact): string => {
  const { currency } = data.outstanding;
  const { installments } = accountAfter(emptyAccount, data, currency);
  const text = (minor: bigint): string => formatMinor(minor, currency);
  return installments
    .map(({ n, due, owed, balance }) =>
      [n, dateOf(due), ...[owed.principal, owed.interest, owed.fee, balance].map(text)].join(),
    )
    .join(';');
};
