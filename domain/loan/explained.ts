import { dayOf } from '../calendar';
import type { BusinessDate } from '../kernel';
import { explainInstallment, type InstallmentExplanation } from '../schedule';
import { disbursedOn, type LoanState, loanAgreementOf, termsOf } from './state';

/**
 * Where the figures of an installment come from, on a day, by all that is on record of the loan. Undefined where the
 * loan was not lent by then, or has no installment of that number.
 */
export const explainedInstallment = (
  state: LoanState,
  on: BusinessDate,
  n: number,
): InstallmentExplanation | undefined => {
  if (state.status !== 'lent' || on < disbursedOn(state)) return undefined;
  return explainInstallment(termsOf(state), loanAgreementOf(state.agreement), state.facts, dayOf(on), n);
};
