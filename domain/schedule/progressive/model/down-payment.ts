import type { LoanTerms } from '../../loan-terms';
import { smaller } from './amounts';
import { installmentOf, type MoneyRules, roundedAmount } from './money-rules';
import { decimalOf, times, whole } from './precision';

/** The agreed share of an amount, rounded, and to a multiple where installments are. */
export const sharePaidDown = (terms: LoanTerms, money: MoneyRules, amount: bigint): bigint => {
  if (terms.downPayment === undefined) return 0n;
  return installmentOf(money, roundedAmount(money, times(whole(amount), decimalOf(terms.downPayment.share))));
};

/** What is to be paid down of an amount on the day it is paid out: rounded up, a share may come to more than all. */
export const downPaymentOf = (terms: LoanTerms, money: MoneyRules, amount: bigint): bigint =>
  smaller(sharePaidDown(terms, money, amount), amount);
