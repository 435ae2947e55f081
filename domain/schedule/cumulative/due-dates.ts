import { type Day, stepFrom } from '../../calendar';
import { type Story, startOf } from './story';

/** The due dates of a plan, as far as they are asked for. */
export interface DueDates {
  /** The due date of the n-th installment, from 1 on. */
  readonly due: (n: number) => Day;
  readonly start: Day;
}

/**
 * Dates are counted from the start, or from a first due date by agreement. A due date that was moved is the one that
 * later dates are counted from.
 */
export const dueDatesOf = (story: Story): DueDates => {
  const { agreement, terms, variations } = story;
  const start = startOf(story);
  const { monthEnd, period } = terms.dueDates;
  const moves = new Map(variations.moves.map(({ from, to }) => [from, to]));
  const dates: Day[] = [];
  let anchor = { day: agreement.firstDueOn ?? start, at: agreement.firstDueOn === undefined ? 0 : 1 };

  const next = (n: number): Day => {
    const counted = stepFrom(anchor.day, period, n - anchor.at, monthEnd);
    const isLast = n === agreement.installments && agreement.fixedLengthDays !== undefined;
    const due = isLast ? start + (agreement.fixedLengthDays ?? 0) : counted;
    const moved = moves.get(due);
    if (moved === undefined) return due;
    anchor = { day: moved, at: n };
    return moved;
  };

  return {
    start,
    due: (n) => {
      for (let at = dates.length + 1; at <= n; at += 1) dates.push(next(at));
      return dates[n - 1] ?? start;
    },
  };
};
