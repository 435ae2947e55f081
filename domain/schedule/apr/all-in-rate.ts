import { assert, type Money, parseMoney, type RateText } from '../../kernel';
import type { Schedule } from '../terms';
import { compoundIrr } from './irr';

const DECIMALS = 6;
/** The largest rate that can be written. What is dearer still is stated as this: no cap allows it anyway. */
const LARGEST: RateText = '9999.999999';

/**
 * The effective annual rate of what was received against equally spaced monthly payments: the monthly internal rate of
 * return i with received = Σ paymentₖ/(1+i)ᵏ, compounded: (1+i)¹² − 1. That is the compound method of PBoC announcement
 * [2021] No. 3: all costs of the loan over the principal really at the borrower's disposal. Decimal text with six
 * decimals, rounded half up. Amounts in minor units; together the payments are at least what was received.
 */
export const effectiveAnnualRate = (received: bigint, payments: readonly bigint[]): RateText => {
  const paid = payments.reduce((sum, payment) => sum + payment, 0n);
  assert(received > 0n && paid >= received, 'a loan costs nothing or something, never less');
  const flows = payments.map((payment, index) => ({ cash: -payment, whole: index + 1 }));
  const answer = compoundIrr([{ cash: received, whole: 0 }, ...flows], 12, DECIMALS);
  switch (answer.kind) {
    case 'found':
    case 'several':
      return answer.rate;
    case 'none':
      // Paid back in full and more: the one thing that can be in the way is a rate beyond the largest.
      return LARGEST;
  }
};

/**
 * The all-in annual rate of a schedule: the borrower gets the principal and pays every row's total (interest and fees),
 * one equal month after the other; calendar days do not enter, so the rate is the same on whatever day it is disbursed.
 */
export const allInRate = (principal: Money, schedule: Schedule): RateText => {
  const { currency } = schedule;
  assert(principal.currency === currency, `a principal in ${principal.currency} over a schedule in ${currency}`);
  return effectiveAnnualRate(
    principal.minor,
    schedule.rows.map((row) => parseMoney({ amount: row.total, currency }).minor),
  );
};
