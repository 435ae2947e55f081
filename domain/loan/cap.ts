import { compareRates, type Refusal, refuse } from '../kernel';
import { allInRateOf, type LoanAccount } from '../schedule';
import type { LentLoan } from './state';

/** The legal cap of the contract's day holds for all that is ever charged. What makes a loan no dearer is allowed. */
export const dearerThanAllowed = (
  loan: Pick<LentLoan, 'agreement'>,
  after: LoanAccount,
  before?: LoanAccount,
): Refusal | undefined => {
  const { cap, contract } = loan.agreement;
  const rate = allInRateOf(contract.terms, after);
  if (compareRates(rate, cap) <= 0) return undefined;
  return before === undefined || compareRates(rate, allInRateOf(contract.terms, before)) > 0
    ? refuse('CAP_EXCEEDED', `the loan would cost ${rate} a year in all, the cap is ${cap}`)
    : undefined;
};
