import { adjustDay, businessCalendar, type Day, dueDays } from '../../../calendar';
import { assert } from '../../../kernel';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAgreement } from '../../replay';
import type { Stretch } from './year-share';

/**
 * The repayment periods of an agreement whose dates are counted from `start`: each from the due date before to its own.
 * A fixed length moves the last due date. Due dates that are no business days move as the terms say.
 */
export const repaymentPeriods = (terms: LoanTerms, agreement: LoanAgreement, start: Day): Stretch[] => {
  const { period, monthEnd } = terms.dueDates;
  const days = dueDays({
    seed: start,
    count: agreement.installments,
    rhythm: { kind: 'every', ...period },
    monthEnd,
    ...(agreement.firstDueOn !== undefined && { first: { due: agreement.firstDueOn, countedFrom: 'first-due-date' } }),
  });
  const stretches: Stretch[] = [];
  let from = start;
  for (const [index, day] of days.entries()) {
    const isLast = index === days.length - 1;
    const due = isLast && agreement.fixedLengthDays !== undefined ? start + agreement.fixedLengthDays : day;
    const moved = onBusinessDay(terms, due);
    assert(moved > from, 'due dates come one after the other');
    stretches.push({ from, due: moved });
    from = moved;
  }
  return stretches;
};

const onBusinessDay = ({ dueDates: { calendar } }: LoanTerms, day: Day): Day => {
  if (calendar.name === undefined) return day;
  const known = businessCalendar(calendar.name);
  assert(known !== undefined, `the calendar ${calendar.name} is known`);
  return adjustDay(day, known, calendar.adjustment);
};

/** The day that due dates are counted from, given the first payout. */
export const startOf = (terms: LoanTerms, agreement: LoanAgreement, firstPayout: Day): Day =>
  terms.dueDates.countedFrom === 'submission' ? agreement.submittedOn : firstPayout;
