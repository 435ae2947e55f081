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

/** What due dates beyond those of an agreement are counted from. A fixed length moves the last of them alone. */
export const seedOf = ({ firstDueOn }: LoanAgreement, start: Day): Seed =>
  firstDueOn === undefined ? { day: start, after: 0 } : { day: firstDueOn, after: 1 };

interface Further {
  readonly known: number;
  readonly last: Day;
  readonly count: number;
}

/**
 * Repayment periods after the last, which is the `known`-th: their due dates follow the calendar as all others do.
 * Where the first would not be later than the last, which a fixed length may have put off, they are counted from that.
 */
export const furtherPeriods = (terms: LoanTerms, seed: Seed, further: Further): Stretch[] => {
  const { known, last } = further;
  const counted = furtherDays(terms, seed, further);
  const comesLate = counted[0] !== undefined && counted[0] <= last && seed.after < known;
  const dues = comesLate ? furtherDays(terms, { day: last, after: known }, further) : counted;
  assert(isRising(last, dues), 'due dates come one after the other');
  return stretchesFrom(last, dues);
};

const furtherDays = (terms: LoanTerms, { day, after }: Seed, { known, count }: Further): readonly Day[] => {
  const { period, monthEnd } = terms.dueDates;
  const counted = dueDays({
    seed: day,
    count: Math.max(known - after + count, 0),
    rhythm: { kind: 'every', ...period },
    monthEnd,
  });
  return onBusinessDays(terms, counted.slice(known - after));
};

/** A period of so many days, or until the business day that the terms have it end on. */
export const periodOfDays = (terms: LoanTerms, from: Day, days: number): Stretch => {
  const [due = from] = onBusinessDays(terms, [from + days]);
  return { from, due: due > from ? due : from + days };
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
