import { dayOf } from '../../domain/calendar';
import { businessDate } from '../../domain/kernel';
import { ALLOCATED_PORTIONS, DUE_STATES, type LoanTerms } from '../../domain/schedule/loan-terms';
import type { LoanAgreement, LoanFact } from '../../domain/schedule/replay';

/** Terms of a plain loan; a test says only what it is about. */
export const termsWith = (differing: Partial<LoanTerms> = {}): LoanTerms => ({
  version: 2,
  currency: 'CNY',
  rounding: { mode: 'HALF_EVEN', smoothing: true },
  rate: { kind: 'fixed', perYear: '0.12' },
  interest: {
    method: 'declining-balance',
    calculation: 'daily',
    dayCount: 'act/365f',
    yearSplit: '31-december',
    yearLength: 'calendar',
    partialPeriods: true,
  },
  amortization: { kind: 'equal-installments' },
  planning: 'progressive',
  dueDates: {
    period: { every: 1, unit: 'months' },
    monthEnd: 'clip',
    countedFrom: 'disbursement',
    calendar: { adjustment: 'none' },
  },
  grace: { principal: 0, interest: 0, interestFree: 0 },
  tranches: { several: true, fullTerm: false },
  recalculation: {
    onAdvancePayment: 'shrink-the-end',
    payoffUntil: 'payoff-date',
    rest: { frequency: 'daily', every: 1 },
    compounding: 'none',
    overduePrincipalBearsInterest: true,
  },
  allocation: {
    kind: 'by-order',
    processing: 'horizontal',
    orders: [
      {
        order: DUE_STATES.flatMap((state) => ALLOCATED_PORTIONS.map((portion) => ({ state, portion }))),
        inAdvance: 'next-installment',
      },
    ],
  },
  charges: [],
  penalty: { ratePerYear: '0', graceDays: 0 },
  chargeOff: 'regular',
  ...differing,
});

export const START = dayOf(businessDate('2026-01-15'));

export const agreed = (principal: bigint, installments: number): LoanAgreement => ({
  principal,
  installments,
  submittedOn: START,
});

export const paidOut = (amount: bigint, on = START, id = 'a-disbursement'): LoanFact => ({
  kind: 'disbursement',
  id,
  on,
  knownOn: on,
  amount,
});

export const repaid = (amount: bigint, on: number, id: string): LoanFact => ({
  kind: 'credit',
  credit: 'repayment',
  id,
  on,
  knownOn: on,
  amount,
});
