import { assert, civilOf, type Day, isMonthEnd, unreachable } from '../../kernel';
import { type Fraction, NO_PART, reduced } from './fraction';
import { monthsBack } from './months-back';

/**
 * The period that a transaction's time is counted in (12 CFR 1026 Appendix J (b)(4)). 'term': the whole term of a
 * single advance paid back in a single payment within a year; `months` where it is a whole number of them.
 */
export type UnitPeriod =
  | { readonly unit: 'day' }
  | { readonly unit: 'week'; readonly count: number }
  | { readonly unit: 'semimonth' }
  | { readonly unit: 'month'; readonly count: number }
  | { readonly unit: 'year' }
  | { readonly unit: 'term'; readonly days: number; readonly months?: number };

/** Full unit-periods and the remaining fraction of one: t and f of the general equation, (b)(8). */
export interface UnitPeriods {
  readonly whole: number;
  readonly part: Fraction;
}

/** How many unit-periods a year has: (b)(5)(ii) to (vii). */
export const unitPeriodsPerYear = (period: UnitPeriod): Fraction => {
  switch (period.unit) {
    case 'day':
      return { numerator: 365, denominator: 1 };
    case 'week':
      return reduced(52, period.count);
    case 'semimonth':
      return { numerator: 24, denominator: 1 };
    case 'month':
      return reduced(12, period.count);
    case 'year':
      return { numerator: 1, denominator: 1 };
    case 'term':
      return period.months === undefined ? reduced(365, period.days) : reduced(12, period.months);
    default:
      return unreachable(period);
  }
};

/**
 * Unit-periods from one day to a later one: (b)(5). Months are measured back from the later day, along `dayOfMonth`
 * where the transaction keeps to one ((b)(3): month ends stay month ends; the 29th and 30th fall on the last of
 * February); otherwise along the later day's, or the earlier day's where that month was too short for it.
 */
export const unitPeriodsBetween = (
  period: UnitPeriod,
  from: Day,
  to: Day,
  dayOfMonth = dayOfMonthBetween(from, to),
): UnitPeriods => {
  assert(from <= to, 'unit-periods run forwards');
  switch (period.unit) {
    case 'day':
      return { whole: to - from, part: NO_PART };
    case 'week':
      return divided(to - from, 7 * period.count);
    case 'semimonth':
      return divided(daysOfMonths(from, to, dayOfMonth), 15);
    case 'month': {
      const { periods, days } = monthsBack(from, to, 1, dayOfMonth);
      if (period.count === 1) return { whole: periods, part: { numerator: days, denominator: 30 } };
      return divided(30 * periods + days, 30 * period.count);
    }
    case 'year':
      return yearsBetween(from, to, dayOfMonth);
    case 'term':
      return to - from === period.days ? { whole: 1, part: NO_PART } : divided(to - from, period.days);
    default:
      return unreachable(period);
  }
};

const dayOfMonthBetween = (from: Day, to: Day): number => {
  const [start, end] = [civilOf(from).day, civilOf(to).day];
  return isMonthEnd(to) && start > end ? start : end;
};

/** Every month thirty days, and the days before the first full month: (b)(5)(iii). */
const daysOfMonths = (from: Day, to: Day, dayOfMonth: number): number => {
  const { periods, days } = monthsBack(from, to, 1, dayOfMonth);
  return 30 * periods + days;
};

const divided = (days: number, length: number): UnitPeriods => ({
  whole: Math.floor(days / length),
  part: { numerator: days % length, denominator: length },
});

/** Full years measured back; what remains in months where they come out whole, and else in days of 365: (b)(5)(v). */
const yearsBetween = (from: Day, to: Day, dayOfMonth: number): UnitPeriods => {
  const years = monthsBack(from, to, 12, dayOfMonth);
  const rest = monthsBack(from, years.until, 1, dayOfMonth);
  const part =
    rest.days === 0 ? { numerator: rest.periods, denominator: 12 } : { numerator: years.days, denominator: 365 };
  return { whole: years.periods, part };
};
