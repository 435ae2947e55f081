import { dayOf } from '../../domain/calendar';
import { businessDate } from '../../domain/kernel';
import { type LoanTerms, plainTerms } from '../../domain/schedule/loan-terms';
import type { LoanAgreement, LoanFact } from '../../domain/schedule/replay';

const PLAIN = plainTerms('CNY', '0.12');

/** Terms of a plain loan by the day, smoothed; a test says only what it is about. */
export const termsWith = (differing: Partial<LoanTerms> = {}): LoanTerms => ({
  ...PLAIN,
  rounding: { mode: 'HALF_EVEN', smoothing: true },
  interest: { ...PLAIN.interest, dayCount: 'act/365f', yearSplit: '31-december' },
  tranches: { several: true, fullTerm: false },
  ...(PLAIN.recalculation && { recalculation: { ...PLAIN.recalculation, overduePrincipalBearsInterest: true } }),
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
