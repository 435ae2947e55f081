import { z } from 'zod';
import { assert, type CivilDay, InvariantError, unreachable } from '../kernel';
import { actualYearFraction } from './actual-year';
import { civilOf, type Day, daysInMonth } from './day';
import { type NominalPeriods, nominalPeriodFraction } from './nominal-periods';
import type { YearFraction } from './year-fraction';

/**
 * Day-count conventions by the field's names. "30/360" alone is ambiguous in the market: the variants are kept apart.
 * Sources: ISDA 2006 Definitions 4.16 (30/360 bond = (f), 30E/360 = (g), 30E/360 ISDA = (h), ACT/ACT ISDA = (b));
 * SIA Standard Securities Calculation Methods (30/360 US); ICMA Rule 251 (ACT/ACT ICMA).
 */
export const DAY_COUNTS = [
  '30/360-bond',
  '30/360-us',
  '30e/360',
  '30e/360-isda',
  'act/360',
  'act/364',
  'act/365f',
  'act/act-isda',
  'act/act-icma',
] as const;

export const dayCountSchema = z
  .enum(DAY_COUNTS)
  .meta({ id: 'DayCount', description: 'Day-count convention, by the exact variant.' });

export type DayCount = z.infer<typeof dayCountSchema>;

/** What two of the conventions need to know beyond the two days. */
export interface DayCountContext {
  /** 30E/360 ISDA: the end is the termination date, where an end of February stays as it is. */
  readonly endIsTermination?: boolean;
  /** ACT/ACT ICMA: the nominal interest periods that cover the days. */
  readonly nominal?: NominalPeriods;
}

const NO_CONTEXT: DayCountContext = {};

/**
 * The part of a year from one day to another (the first day counts, the last does not), as an exact fraction that is
 * not reduced: the numerator is the days counted and the denominator the year basis, where the convention has one.
 * @throws InvariantError when the days run backwards, or ACT/ACT ICMA is not given its nominal periods.
 */
export const yearFraction = (
  dayCount: DayCount,
  from: Day,
  to: Day,
  context: DayCountContext = NO_CONTEXT,
): YearFraction => {
  if (from > to) throw new InvariantError('a year fraction runs forwards');
  switch (dayCount) {
    case '30/360-bond':
    case '30/360-us':
    case '30e/360':
    case '30e/360-isda':
      return { numerator: days30(dayCount, from, to, context), denominator: 360 };
    case 'act/360':
      return { numerator: to - from, denominator: 360 };
    case 'act/364':
      return { numerator: to - from, denominator: 364 };
    case 'act/365f':
      return { numerator: to - from, denominator: 365 };
    case 'act/act-isda':
      return actualYearFraction('1-january', from, to);
    case 'act/act-icma':
      assert(context.nominal !== undefined, 'ACT/ACT ICMA counts in nominal periods');
      return nominalPeriodFraction(context.nominal, from, to);
    default:
      return unreachable(dayCount);
  }
};

/** The days that a convention counts: of 30-day months for the 30 family, calendar days for all others. */
export const countedDays = (dayCount: DayCount, from: Day, to: Day, context: DayCountContext = NO_CONTEXT): number =>
  isThirty(dayCount) ? days30(dayCount, from, to, context) : to - from;

type Thirty = Extract<DayCount, `30${string}`>;

const isThirty = (dayCount: DayCount): dayCount is Thirty => dayCount.startsWith('30');

/** 360 × years + 30 × months + days, with both days of month clipped as the variant says. */
const days30 = (dayCount: Thirty, from: Day, to: Day, context: DayCountContext): number => {
  const a = civilOf(from);
  const b = civilOf(to);
  const start = startDay(dayCount, a);
  const end = endDay(dayCount, a, b, context.endIsTermination === true);
  return (b.year - a.year) * 360 + (b.month - a.month) * 30 + end - start;
};

const startDay = (dayCount: Thirty, start: CivilDay): number => {
  if (start.day === 31) return 30;
  const atFebruaryEnd = dayCount === '30/360-us' || dayCount === '30e/360-isda';
  return atFebruaryEnd && isFebruaryEnd(start) ? 30 : start.day;
};

const endDay = (dayCount: Thirty, start: CivilDay, end: CivilDay, isTermination: boolean): number => {
  if (end.day === 31) return dayCount.startsWith('30e') || startDay(dayCount, start) === 30 ? 30 : 31;
  if (!isFebruaryEnd(end)) return end.day;
  const isClipped =
    (dayCount === '30/360-us' && isFebruaryEnd(start)) || (dayCount === '30e/360-isda' && !isTermination);
  return isClipped ? 30 : end.day;
};

const isFebruaryEnd = ({ year, month, day }: CivilDay): boolean => month === 2 && day === daysInMonth(year, 2);
