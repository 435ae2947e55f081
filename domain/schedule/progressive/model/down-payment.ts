import type { LoanTerms } from '../../loan-terms';
import { installmentOf, type MoneyRules, roundedAmount } from './money-rules';
import { decimalOf, times, whole } from './precision';

/** What is to be paid down of an amount on the day it is paid out. */
export const downPaymentOf = (terms: LoanTerms, money: MoneyRules, amount: bigint): bigint => {
  if (terms.downPayment === undefined) return 0n;
  return installmentOf(money, roundedAmount(money, times(whole(amount), decimalOf(terms.downPayment.share))));
};
