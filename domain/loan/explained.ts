import { dayOf } from '../calendar';
import type { BusinessDate } from '../kernel';
import {
  explainInstallment,
  explainPayoff,
  explainTransaction,
  type InstallmentExplanation,
  type LoanAgreement,
  type LoanFact,
  type LoanTerms,
  type PayoffExplanation,
  type TransactionExplanation,
} from '../schedule';
import { disbursedOn, factNamed, type LentLoan, type LoanState, loanAgreementOf, termsOf } from './state';

/**
 * Where the figures of an installment come from, on a day, by all that is on record of the loan. Undefined where the
 * loan was not lent by then, or has no installment of that number.
 */
export const explainedInstallment = (
  state: LoanState,
  on: BusinessDate,
  n: number,
): InstallmentExplanation | undefined => {
  const loan = lentBy(state, on);
  return loan && explainInstallment(...madeOf(loan), dayOf(on), n);
};

/** What closes a loan on a day, part by part. Undefined where it was not lent by then. */
export const explainedPayoff = (state: LoanState, on: BusinessDate): PayoffExplanation | undefined => {
  const loan = lentBy(state, on);
  return loan && explainPayoff(...madeOf(loan), dayOf(on));
};

/**
 * How the money of a fact was divided, as of a day; the fact by its id or its name ("repayment-…"). Undefined where no
 * such fact had moved any by then.
 */
export const explainedTransaction = (
  state: LoanState,
  on: BusinessDate,
  name: string,
): TransactionExplanation | undefined => {
  const loan = lentBy(state, on);
  const fact = loan && factNamed(loan, name);
  return fact && explainTransaction(...madeOf(loan), dayOf(on), fact.id);
};

const lentBy = (state: LoanState, on: BusinessDate): LentLoan | undefined =>
  state.status === 'lent' && on >= disbursedOn(state) ? state : undefined;

const madeOf = (loan: LentLoan): readonly [LoanTerms, LoanAgreement, readonly LoanFact[]] => [
  termsOf(loan),
  loanAgreementOf(loan.agreement),
  loan.facts,
];
