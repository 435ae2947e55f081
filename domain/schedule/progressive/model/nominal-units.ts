import { addMonthsTo, type Day, type MonthEnd, stepFrom } from '../../../calendar';
import { unreachable } from '../../../kernel';
import type { LoanTerms, Period } from '../../loan-terms';
import type { Stretch, Units } from './year-share';

/** So many units (of the terms' period) on from a day, months clipped to their end. */
export const stepped = (seed: Day, unit: Period['unit'], count: number): Day => {
  switch (unit) {
    case 'days':
      return seed + count;
    case 'weeks':
      return seed + 7 * count;
    case 'months':
      return addMonthsTo(seed, count);
    case 'years':
      return addMonthsTo(seed, 12 * count);
    default:
      return unreachable(unit);
  }
};

type Rhythm = Pick<LoanTerms['dueDates'], 'period' | 'monthEnd'>;

type Counted = Pick<Units, 'whole' | 'rest' | 'restOf'>;

export const regular = ({ every }: Period): Counted => ({ whole: every, rest: 0, restOf: 1 });

/**
 * How many of its nominal units a repayment period really is: a regular one as many as its terms say, a longer or
 * shorter one its full units from its first day and the actual days of what is left over those of the unit it is in.
 */
export const nominalUnits = ({ period, monthEnd }: Rhythm, seed: Day, { from, due }: Stretch): Counted => {
  if (isRegular(period, monthEnd, seed, from, due)) return regular(period);
  let count = 0;
  let reached = from;
  for (;;) {
    const next = stepped(from, period.unit, count + 1);
    if (next > due) return { whole: count, rest: due - reached, restOf: next - reached };
    count += 1;
    reached = next;
    if (reached === due) return { whole: count, rest: 0, restOf: 1 };
  }
};

/** Both its days are counted from the schedule's first day, so that a clipped month's end is no broken month. */
const isRegular = ({ unit, every }: Period, monthEnd: MonthEnd, seed: Day, from: Day, due: Day): boolean => {
  const steps = Math.round((due - seed) / (MEAN_DAYS[unit] * every)) * every;
  return dueAfter(seed, unit, steps, monthEnd) === due && dueAfter(seed, unit, steps - every, monthEnd) === from;
};

/** As due dates are made: what their months lack is clipped or rolls over, and last days of months are kept. */
const dueAfter = (seed: Day, unit: Period['unit'], steps: number, monthEnd: MonthEnd): Day => {
  if (unit !== 'months' && unit !== 'years') return stepped(seed, unit, steps);
  return stepFrom(seed, { every: 1, unit }, steps, monthEnd);
};

const MEAN_DAYS = { days: 1, weeks: 7, months: 30.436875, years: 365.2425 } as const;
