import { adjustDay, businessCalendar, type Day, dueDays } from '../../calendar';
import { assert } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import { type Story, startOf } from './story';

/** The due dates of a plan, as far as they are asked for. */
export interface DueDates {
  readonly start: Day;
  /** The due date of the n-th installment, from 1 on. */
  readonly due: (n: number) => Day;
}

/** Dates counted from one seed, after so many that were counted from an earlier one. */
interface Run {
  readonly seed: Day;
  readonly after: number;
  /** The first of them, where it was agreed; the others are counted from it. */
  readonly first: Day | undefined;
  readonly dates: readonly Day[];
}

/**
 * Dates are counted from the start, or from a first due date by agreement. A due date that was moved is the one that
 * later dates are counted from. Dates that are no business days move by themselves.
 */
export const dueDatesOf = (story: Story): DueDates => {
  const { agreement, terms, variations } = story;
  const start = startOf(story);
  const moves = new Map(variations.moves.map(({ from, to }) => [from, to]));
  const dates: Day[] = [];
  let run = runOf(terms, { seed: start, after: 0, first: agreement.firstDueOn }, agreement.installments);

  const next = (n: number): Day => {
    const at = n - run.after - 1;
    if (at >= run.dates.length) run = runOf(terms, run, 2 * n);
    const isFixed = n === agreement.installments && agreement.fixedLengthDays !== undefined;
    const due = onBusinessDay(terms, isFixed ? start + (agreement.fixedLengthDays ?? 0) : (run.dates[at] ?? start));
    const moved = moves.get(due);
    if (moved === undefined) return due;
    run = runOf(terms, { seed: moved, after: n, first: undefined }, agreement.installments);
    return moved;
  };

  const isRegular = moves.size === 0 && agreement.fixedLengthDays === undefined && !isMoved(terms);
  return {
    start,
    due: (n) => {
      const regular = isRegular ? run.dates[n - 1] : undefined;
      if (regular !== undefined) return regular;
      while (dates.length < n) dates.push(next(dates.length + 1));
      return dates[n - 1] ?? start;
    },
  };
};

const runOf = (terms: LoanTerms, { after, first, seed }: Omit<Run, 'dates'>, count: number): Run => {
  const { monthEnd, period } = terms.dueDates;
  const dates = dueDays({
    seed,
    count,
    rhythm: { kind: 'every', ...period },
    monthEnd,
    ...(first !== undefined && { first: { due: first, countedFrom: 'first-due-date' } }),
  });
  return { seed, after, first, dates };
};

const isMoved = ({ dueDates: { calendar } }: LoanTerms): boolean =>
  calendar.name !== undefined && calendar.adjustment !== 'none';

const onBusinessDay = ({ dueDates: { calendar } }: LoanTerms, day: Day): Day => {
  if (calendar.name === undefined || calendar.adjustment === 'none') return day;
  const known = businessCalendar(calendar.name);
  assert(known !== undefined, `the calendar ${calendar.name} is known`);
  return adjustDay(day, known, calendar.adjustment);
};
