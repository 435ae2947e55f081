import { z } from 'zod';
import { InvariantError, unreachable } from '../kernel';
import { civilOf, type Day, dayOfCivil, daysInYear, isLeapYear } from './day';
import type { YearFraction } from './year-fraction';

/**
 * Where ACT/ACT cuts days that run over New Year. '1-january' is the ISDA reading: the day from 31 December to
 * 1 January belongs to the old year. '31-december': that day's interest belongs to the new year (a day belongs to the
 * year in which it ends).
 */
export const yearSplitSchema = z.enum(['31-december', '1-january']).meta({ id: 'YearSplit' });
export type YearSplit = z.infer<typeof yearSplitSchema>;

/**
 * How long a year is for ACT/ACT. 'actual': 366 days for the days that fall in leap years. 'february-29-periods': so
 * in installment periods that contain a 29 February, and 365 in all others. 'fixed-365': 365 always.
 */
export const leapYearsSchema = z.enum(['actual', 'february-29-periods', 'fixed-365']).meta({ id: 'LeapYears' });
export type LeapYears = z.infer<typeof leapYearsSchema>;

/** An installment period: interest counts for the days after `from` up to and with `due`. */
export interface DayPeriod {
  readonly from: Day;
  readonly due: Day;
}

/** Calendar days by the length of the year they fall in. */
export interface SplitDays {
  readonly inNormalYears: number;
  readonly inLeapYears: number;
}

/** The days from one day to another, told apart by the year they fall in, cut at New Year as named. */
export const splitDays = (split: YearSplit, from: Day, to: Day): SplitDays => {
  // A day that belongs to the year in which it ends is the day after, in the reading by its beginning.
  const shift = split === '31-december' ? 1 : 0;
  const [start, end] = [from + shift, to + shift];
  const first = civilOf(start).year;
  const last = civilOf(end).year;
  let inLeapYears = 0;
  for (let year = first; year <= last; year += 1) {
    if (!isLeapYear(year)) continue;
    const opens = year === first ? start : dayOfCivil(year, 1, 1);
    const closes = year === last ? end : dayOfCivil(year + 1, 1, 1);
    inLeapYears += closes - opens;
  }
  return { inNormalYears: to - from - inLeapYears, inLeapYears };
};

/** ACT/ACT: days in normal years over 365 plus days in leap years over 366, cut at New Year as named. Exact. */
export const actualYearFraction = (split: YearSplit, from: Day, to: Day): YearFraction => {
  if (from > to) throw new InvariantError('a year fraction runs forwards');
  const shift = split === '31-december' ? 1 : 0;
  const first = civilOf(from + shift).year;
  if (first === civilOf(to + shift).year) return { numerator: to - from, denominator: daysInYear(first) };
  const { inNormalYears, inLeapYears } = splitDays(split, from, to);
  if (inLeapYears === 0) return { numerator: inNormalYears, denominator: 365 };
  if (inNormalYears === 0) return { numerator: inLeapYears, denominator: 366 };
  return { numerator: inNormalYears * 366 + inLeapYears * 365, denominator: 365 * 366 };
};

/**
 * ACT/ACT as loans use it: the year split and the leap-year strategy named, for days inside an installment period.
 * With 'february-29-periods' the whole period decides, so that its parts add up to it.
 */
export const loanYearFraction = (
  split: YearSplit,
  leapYears: LeapYears,
  from: Day,
  to: Day,
  period: DayPeriod,
): YearFraction => {
  switch (leapYears) {
    case 'actual':
      return actualYearFraction(split, from, to);
    case 'february-29-periods':
      if (containsFebruary29(period.from, period.due)) return actualYearFraction(split, from, to);
      return { numerator: to - from, denominator: 365 };
    case 'fixed-365':
      return { numerator: to - from, denominator: 365 };
    default:
      return unreachable(leapYears);
  }
};

/**
 * The length of the year that an installment period is measured by where its days are not told apart (30/ACT: thirty
 * days over the year in which the period starts).
 */
export const loanYearLength = (split: YearSplit, leapYears: LeapYears, period: DayPeriod): 365 | 366 => {
  const isWhole = leapYears === 'actual';
  const isFebruary = leapYears === 'february-29-periods' && containsFebruary29(period.from, period.due);
  if (!isWhole && !isFebruary) return 365;
  return daysInYear(civilOf(period.from + (split === '31-december' ? 1 : 0)).year);
};

/** True when a 29 February lies after `from` and not after `to`. */
export const containsFebruary29 = (from: Day, to: Day): boolean => {
  const last = civilOf(to).year;
  for (let year = civilOf(from).year; year <= last; year += 1) {
    if (!isLeapYear(year)) continue;
    const leapDay = dayOfCivil(year, 2, 29);
    if (from < leapDay && leapDay <= to) return true;
  }
  return false;
};
