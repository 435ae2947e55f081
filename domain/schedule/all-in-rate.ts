import { dateOf } from '../calendar';
import { assert, type RateText } from '../kernel';
import { europeanRate, type TIME_BASES } from './apr';
import type { LoanTerms } from './loan-terms';
import type { LoanAccount } from './replay';

const DECIMALS = 6;
/** The largest rate that can be written. What is dearer still is stated as this: no cap allows it anyway. */
const LARGEST: RateText = '9999.999999';

const BASIS = { days: 'day', weeks: 'week', months: 'month', years: 'year' } as const satisfies Record<
  LoanTerms['dueDates']['period']['unit'],
  (typeof TIME_BASES)[number]
>;

/**
 * The all-in annual rate of a loan: of all that the borrower gets (what is kept back of a payout is not) and all that
 * the borrower pays, principal, interest, fees and penalties, on their days; interest on interest, as the compound
 * method of PBoC announcement [2021] No. 3 has it (for equal months that is (1 + monthly IRR)¹² − 1). Decimal text with
 * six decimals, rounded half up.
 */
export const allInRateOf = (
  terms: LoanTerms,
  { disbursements, installments }: Pick<LoanAccount, 'disbursements' | 'installments'>,
): RateText => {
  const received = disbursements.map(({ on, amount, kept = 0n }) => ({ on: dateOf(on), cash: amount - kept }));
  const paid = installments.map(({ due, owed }) => ({
    on: dateOf(due),
    cash: -(owed.principal + owed.interest + owed.fee + owed.penalty),
  }));
  assert(received.length > 0, 'a loan that was not paid out has no cost');
  const answer = europeanRate([...received, ...paid], BASIS[terms.dueDates.period.unit], DECIMALS);
  switch (answer.kind) {
    case 'found':
    case 'several':
      // Waived interest can make a loan cost less than nothing: the borrower is not charged for that.
      return answer.rate.startsWith('-') ? '0' : answer.rate;
    case 'none':
      // Paid back in full and more: the one thing that can be in the way is a rate beyond the largest.
      return LARGEST;
  }
};
