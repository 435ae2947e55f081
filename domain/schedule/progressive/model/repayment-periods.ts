import { adjustDay, businessCalendar, type Day, dueDays } from '../../../calendar';
import { assert } from '../../../kernel';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAgreement } from '../../replay';
import type { Stretch } from './year-share';

/** The repayment periods of an agreement whose dates are counted from `start`: each from one due date to the next. */
export const repaymentPeriods = (terms: LoanTerms, agreement: LoanAgreement, start: Day): Stretch[] =>
  stretchesFrom(start, dueDatesOf(terms, agreement, start));

const stretchesFrom = (start: Day, dues: readonly Day[]): Stretch[] => {
  let from = start;
  return dues.map((due) => {
    const stretch = { from, due };
    from = due;
    return stretch;
  });
};

/** The day that due dates are counted from, and how many there are up to it. */
export interface Seed {
  readonly day: Day;
  readonly after: number;
}

/** What due dates beyond those of an agreement are counted from: the last of its dates that was agreed by itself. */
export const seedOf = ({ firstDueOn, fixedLengthDays, installments }: LoanAgreement, start: Day): Seed => {
  if (fixedLengthDays !== undefined) return { day: start + fixedLengthDays, after: installments };
  return firstDueOn === undefined ? { day: start, after: 0 } : { day: firstDueOn, after: 1 };
};

/** Repayment periods after the last, which is the `known`-th: their due dates follow the calendar as all others do. */
export const furtherPeriods = (
  terms: LoanTerms,
  { day, after }: Seed,
  { known, last, count }: { readonly known: number; readonly last: Day; readonly count: number },
): Stretch[] => {
  const { period, monthEnd } = terms.dueDates;
  const counted = dueDays({
    seed: day,
    count: Math.max(known - after + count, 0),
    rhythm: { kind: 'every', ...period },
    monthEnd,
  });
  const dues = onBusinessDays(terms, counted.slice(known - after));
  assert(isRising(last, dues), 'due dates come one after the other');
  return stretchesFrom(last, dues);
};

/**
 * The due dates of an agreement, counted from `start`: each later than the one before. A fixed length moves the last.
 * Those that are no business days move as the terms say.
 */
export const dueDatesOf = (terms: LoanTerms, agreement: LoanAgreement, start: Day): readonly Day[] => {
  const { calendar, period, monthEnd } = terms.dueDates;
  const days = dueDays({
    seed: start,
    count: agreement.installments,
    rhythm: { kind: 'every', ...period },
    monthEnd,
    ...(agreement.firstDueOn !== undefined && { first: { due: agreement.firstDueOn, countedFrom: 'first-due-date' } }),
  });
  const { fixedLengthDays } = agreement;
  if (calendar.name === undefined && fixedLengthDays === undefined) return days;
  const agreed = fixedLengthDays === undefined ? days : [...days.slice(0, -1), start + fixedLengthDays];
  const moved = onBusinessDays(terms, agreed);
  assert(isRising(start, moved), 'due dates come one after the other');
  return moved;
};

const isRising = (start: Day, days: readonly Day[]): boolean => {
  let before = start;
  for (const day of days) {
    if (day <= before) return false;
    before = day;
  }
  return true;
};

const onBusinessDays = ({ dueDates: { calendar } }: LoanTerms, days: readonly Day[]): readonly Day[] => {
  if (calendar.name === undefined) return days;
  const known = businessCalendar(calendar.name);
  assert(known !== undefined, `the calendar ${calendar.name} is known`);
  return days.map((day) => adjustDay(day, known, calendar.adjustment));
};

/** The day that due dates are counted from, given the first payout. */
export const startOf = (terms: LoanTerms, agreement: LoanAgreement, firstPayout: Day): Day =>
  terms.dueDates.countedFrom === 'submission' ? agreement.submittedOn : firstPayout;
