import { InvariantError } from './assert';

/**
 * Civil (Gregorian) calendar arithmetic on whole days since 1970-01-01, without Date objects: the engine steps through
 * hundreds of days per schedule. Years 0000 to 9999, the years that "YYYY-MM-DD" can write.
 * The year is taken to begin on 1 March, so that the leap day is its last day (Hinnant, "chrono-compatible low-level
 * date algorithms").
 */

/** Whole days since 1970-01-01; whole numbers, negative before. */
export type Day = number;

export interface CivilDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

const DAYS_PER_ERA = 146_097;
const YEARS_PER_ERA = 400;
/** Days from 1 March of the year −400 to 1970-01-01: one era of margin keeps every division on whole numbers ≥ 0. */
const ORIGIN = 719_468 + DAYS_PER_ERA;

const FIRST_DAY = -719_528;
const LAST_DAY = 2_932_896;

/** Gregorian: every fourth year is a leap year, but of the full centuries only every fourth. */
export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export const daysInYear = (year: number): 365 | 366 => (isLeapYear(year) ? 366 : 365);

export const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** The day of a year, month and day of month that exist. Nothing is checked or normalised: `readDay` checks texts. */
export const dayOfCivil = (year: number, month: number, day: number): Day => {
  const shifted = (month > 2 ? year : year - 1) + YEARS_PER_ERA;
  const century = (shifted / 100) | 0;
  const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1;
  return shifted * 365 + (shifted >> 2) - century + (century >> 2) + dayOfYear - ORIGIN;
};

export const civilOf = (day: Day): CivilDay => {
  const since = day + ORIGIN;
  const era = (since / DAYS_PER_ERA) | 0;
  const dayOfEra = since - era * DAYS_PER_ERA;
  const yearOfEra =
    ((dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const shiftedMonth = ((5 * dayOfYear + 2) / 153) | 0;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + (era - 1) * YEARS_PER_ERA + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - (((153 * shiftedMonth + 2) / 5) | 0) + 1 };
};

/** ISO weekday: 1 is Monday, 7 is Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** True on the last day of a month. */
export const isMonthEnd = (day: Day): boolean => civilOf(day + 1).day === 1;

/**
 * The same day of month so many months on, clipped to the month's end: 31 January + 1 month is 28 or 29 February.
 * Step from the first date every time (never from the previous result), or a clipped day sticks.
 */
export const addMonthsTo = (day: Day, months: number): Day => {
  const from = civilOf(day);
  const index = from.year * 12 + from.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  if (year < 0 || year > 9999) throw new InvariantError(`${months} months from day ${day} is off the calendar`);
  return dayOfCivil(year, month, Math.min(from.day, daysInMonth(year, month)));
};

/** The value of the two digits at `at`, or NaN. */
const twoDigitsAt = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

const HYPHEN = 45;

/** The day that a text "YYYY-MM-DD" names, or undefined when there is no such day (2026-02-30). */
export const readDay = (text: string): Day | undefined => {
  if (text.length !== 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return undefined;
  const year = twoDigitsAt(text, 0) * 100 + twoDigitsAt(text, 2);
  const month = twoDigitsAt(text, 5);
  const day = twoDigitsAt(text, 8);
  // Written so that NaN fails: every comparison with it is false.
  const exists = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? dayOfCivil(year, month, day) : undefined;
};

const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
/** "-MM-DD" by 32 × month + day: one concatenation instead of four. */
const MONTH_AND_DAY: readonly string[] = Array.from(
  { length: 13 * 32 },
  (_, index) => `-${TWO_DIGITS[index >> 5]}-${TWO_DIGITS[index & 31]}`,
);

/** The text "YYYY-MM-DD" of a day. @throws InvariantError outside the years 0000 to 9999, or for a part of a day. */
export const writeDay = (day: Day): string => {
  if (!(Number.isInteger(day) && day >= FIRST_DAY && day <= LAST_DAY)) {
    throw new InvariantError(`day ${day} is off the calendar`);
  }
  const civil = civilOf(day);
  const century = (civil.year / 100) | 0;
  const years = `${TWO_DIGITS[century]}${TWO_DIGITS[civil.year - century * 100]}`;
  return years + MONTH_AND_DAY[(civil.month << 5) + civil.day];
};
