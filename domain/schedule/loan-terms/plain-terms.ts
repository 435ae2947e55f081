import type { Currency, RateText } from '../../kernel';
import { ALLOCATED_PORTIONS, type AllocationRules, DUE_STATES } from './allocation-rules';
import type { LoanTerms } from './loan-terms';

/** What is overdue first, then what is due, then what is to come; in each the cost of being late first. */
const OLDEST_FIRST: AllocationRules = {
  kind: 'by-order',
  processing: 'horizontal',
  orders: [
    {
      order: DUE_STATES.flatMap((state) => ALLOCATED_PORTIONS.map((portion) => ({ state, portion }))),
      inAdvance: 'next-installment',
    },
  ],
};

/**
 * The terms of a plain loan: equal monthly installments, every month thirty days of a year of 360, interest that
 * follows what is really paid, repayments to the oldest debt first. What is special about a product is said over them.
 */
export const plainTerms = (currency: Currency, perYear: RateText): LoanTerms => ({
  version: 2,
  currency,
  rounding: { mode: 'HALF_EVEN', smoothing: false },
  rate: { kind: 'fixed', perYear },
  interest: {
    method: 'declining-balance',
    calculation: 'daily',
    dayCount: 'nominal-30/360',
    yearSplit: '1-january',
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
  tranches: { several: false, fullTerm: false },
  recalculation: {
    onAdvancePayment: 'shrink-the-end',
    payoffUntil: 'payoff-date',
    rest: { frequency: 'daily', every: 1 },
    compounding: 'none',
    overduePrincipalBearsInterest: false,
  },
  allocation: OLDEST_FIRST,
  charges: [],
  penalty: { ratePerYear: '0', graceDays: 0 },
  chargeOff: 'regular',
});

/** A share of the principal, due with the first installment. */
export const originationFee = (share: RateText): LoanTerms['charges'][number] => ({
  name: 'Origination fee',
  kind: 'fee',
  time: 'first-installment',
  calculation: { kind: 'share', of: 'principal', share },
});
