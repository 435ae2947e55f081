import { compareRates, parseMoney } from '../kernel';
import type { Schedule } from '../schedule';
import { type Invariant, type LoggedFact, nothingUnfinished } from './invariant';

const principalOf = ({ rows, currency }: Schedule): bigint =>
  rows.reduce((sum, { principal }) => sum + parseMoney({ amount: principal, currency }).minor, 0n);

export const schedulesAddUp: Invariant = {
  id: 'I-09',
  statement: 'The principal of a schedule adds up to what was disbursed, and its last balance is zero',
  watch: () => ({
    see: (fact) => {
      if (fact.type !== 'LoanDisbursed') return undefined;
      const { schedule, amount } = fact.data;
      if (principalOf(schedule) !== parseMoney(amount).minor) return 'the installments do not repay the principal';
      const last = schedule.rows.at(-1);
      const rest = last ? parseMoney({ amount: last.balance, currency: schedule.currency }).minor : 1n;
      return rest === 0n ? undefined : `the plan leaves ${rest} minor units unpaid`;
    },
    unfinished: nothingUnfinished,
  }),
};

/** Principal outstanding after a fact, given what it was before; undefined when the fact does not touch it. */
const outstandingAfter = (before: bigint, fact: LoggedFact): bigint | undefined => {
  switch (fact.type) {
    case 'LoanDisbursed':
      return before + parseMoney(fact.data.amount).minor;
    case 'RepaymentApplied':
      return before - parseMoney(fact.data.totals.principal).minor;
    case 'LoanWrittenOff':
      return before - parseMoney(fact.data.amounts.principal).minor;
    case 'LoanClosed':
      return before;
    default:
      return undefined;
  }
};

const misstated = (left: bigint, fact: LoggedFact): string | undefined => {
  if (left < 0n) return `${left} minor units of principal outstanding`;
  if (fact.type === 'LoanClosed' && left !== 0n) return `closed with ${left} outstanding`;
  if (fact.type !== 'RepaymentApplied' || parseMoney(fact.data.principalOutstanding).minor === left) return undefined;
  return `says ${fact.data.principalOutstanding.amount}, is ${left} minor units`;
};

export const outstandingIsWithinBounds: Invariant = {
  id: 'I-04',
  statement: 'Outstanding principal is what was disbursed less what was repaid and written off, and never below zero',
  watch: () => {
    const owed = new Map<string, bigint>();
    return {
      see: (fact) => {
        const left = outstandingAfter(owed.get(fact.stream) ?? 0n, fact);
        if (left === undefined) return undefined;
        owed.set(fact.stream, left);
        return misstated(left, fact);
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
  statement: 'What was quoted is what was accepted, contracted and booked',
  watch: () => {
    const offered = new Map<string, string>();
    const contracted = new Map<string, readonly string[]>();
    const figures = ({ rows }: Schedule): readonly string[] =>
      rows.map(({ n, total, balance }) => `${n} ${total} ${balance}`);
    return {
      see: (fact) => {
        switch (fact.type) {
          case 'ApplicationApproved':
            offered.set(fact.stream, fact.data.offer.quoteHash);
            return undefined;
          case 'OfferAccepted':
            return offered.get(fact.stream) === fact.data.quoteHash ? undefined : 'another quote was accepted';
          case 'LoanOpened':
            contracted.set(fact.stream, figures(fact.data.contract.schedule));
            return offered.get(fact.data.applicationId) === fact.data.contract.quoteHash
              ? undefined
              : 'contracted something else than was offered';
          case 'LoanDisbursed':
            return contracted.get(fact.stream)?.join() === figures(fact.data.schedule).join()
              ? undefined
              : 'booked something else than was contracted';
          default:
            return undefined;
        }
      },
      unfinished: nothingUnfinished,
    };
  },
};
