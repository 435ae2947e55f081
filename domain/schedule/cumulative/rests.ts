import { addMonthsTo, type Day } from '../../calendar';
import { unreachable } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import { type DueDates, dueDatesOf } from './due-dates';
import type { Story } from './story';

/** The first rest date on or after a day: from when on money that came counts for interest. */
export type Rest = (day: Day) => Day;

export const restOf = ({ recalculation }: LoanTerms, dates: DueDates): Rest => {
  if (recalculation === undefined) return (day) => day;
  const { every, frequency } = recalculation.rest;
  switch (frequency) {
    case 'daily':
      return inSteps(dates.start, every);
    case 'weekly':
      return inSteps(dates.start, 7 * every);
    case 'monthly':
      return firstFrom((n) => addMonthsTo(dates.start, n * every));
    case 'per-installment':
      return firstFrom((n) => (n === 0 ? dates.start : dates.due(n)));
    default:
      return unreachable(frequency);
  }
};

const inSteps =
  (start: Day, days: number): Rest =>
  (day) =>
    start + Math.ceil((day - start) / days) * days;

const firstFrom = (date: (n: number) => Day): Rest => {
  let at = 0;
  return (day) => {
    while (at > 0 && date(at - 1) >= day) at -= 1;
    while (date(at) < day) at += 1;
    return date(at);
  };
};

/** The rest date of a day. */
export const restDayOf = (story: Story, day: Day): Day => restOf(story.terms, dueDatesOf(story))(day);
