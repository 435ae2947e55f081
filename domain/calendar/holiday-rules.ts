import { z } from 'zod';
import { unreachable } from '../kernel';
import { civilOf, type Day, dayOfCivil, daysInMonth, weekdayOf } from './day';

const yearSchema = z.int().min(1583).max(9999);
const monthSchema = z.int().min(1).max(12);
const years = { since: yearSchema.optional(), until: yearSchema.optional() };

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export const weekdaySchema = z.int().min(1).max(7);

/** A holiday that comes back by a rule, in the years from `since` to `until`. */
export const holidayRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('fixed'),
    month: monthSchema,
    day: z.int().min(1).max(31),
    /** A Saturday is kept on the Friday before and a Sunday on the Monday after. Absent: on its own day only. */
    observed: z.literal('nearest-weekday').optional(),
    ...years,
  }),
  z.strictObject({
    kind: z.literal('nth-weekday'),
    month: monthSchema,
    weekday: weekdaySchema,
    nth: z.union([z.int().min(1).max(4), z.literal('last')]),
    ...years,
  }),
  /** So many days after Easter Sunday of the western churches. */
  z.strictObject({ kind: z.literal('easter'), offset: z.int().min(-60).max(70), ...years }),
]);

export type HolidayRule = Readonly<z.infer<typeof holidayRuleSchema>>;

/** True on the days that the rules keep. Remembers the years it was asked about. */
export const ruledHolidays = (rules: readonly HolidayRule[]): ((day: Day) => boolean) => {
  const byYear = new Map<number, ReadonlySet<Day>>();
  const of = (year: number): ReadonlySet<Day> => {
    const known = byYear.get(year);
    if (known !== undefined) return known;
    // New Year's Day on a Saturday is kept on 31 December of the year before.
    const found = new Set([...daysInYearOf(rules, year), ...daysInYearOf(rules, year + 1)]);
    byYear.set(year, found);
    return found;
  };
  return (day) => of(civilOf(day).year).has(day);
};

const daysInYearOf = (rules: readonly HolidayRule[], year: number): readonly Day[] =>
  rules
    .filter(({ since, until }) => (since ?? year) <= year && year <= (until ?? year))
    .map((rule) => dayOfRule(rule, year));

const dayOfRule = (rule: HolidayRule, year: number): Day => {
  switch (rule.kind) {
    case 'fixed': {
      const day = dayOfCivil(year, rule.month, rule.day);
      return rule.observed === undefined ? day : nearestWeekday(day);
    }
    case 'nth-weekday':
      return nthWeekday(year, rule.month, rule.weekday, rule.nth);
    case 'easter':
      return easterSunday(year) + rule.offset;
    default:
      return unreachable(rule);
  }
};

const nearestWeekday = (day: Day): Day => {
  const weekday = weekdayOf(day);
  if (weekday === 6) return day - 1;
  return weekday === 7 ? day + 1 : day;
};

const nthWeekday = (year: number, month: number, weekday: number, nth: number | 'last'): Day => {
  if (nth === 'last') {
    const last = dayOfCivil(year, month, daysInMonth(year, month));
    return last - ((weekdayOf(last) - weekday + 7) % 7);
  }
  const first = dayOfCivil(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7;
};

/** Easter Sunday in the Gregorian calendar: the anonymous rule of 1876 (Meeus, Astronomical Algorithms, chapter 8). */
export const easterSunday = (year: number): Day => {
  const div = (a: number, b: number): number => Math.floor(a / b);
  const golden = year % 19;
  const century = div(year, 100);
  const corrected = century - div(century, 4) - div(century - div(century + 8, 25) + 1, 3);
  const epact = (19 * golden + corrected + 15) % 30;
  const inCentury = year % 100;
  const weekday = (32 + 2 * (century % 4) + 2 * div(inCentury, 4) - epact - (inCentury % 4)) % 7;
  const late = div(golden + 11 * epact + 22 * weekday, 451);
  const sum = epact + weekday - 7 * late + 114;
  return dayOfCivil(year, div(sum, 31), (sum % 31) + 1);
};
