import { z } from 'zod';
import { assert } from './assert';

const MS_PER_DAY = 86_400_000;

/** Days since 1970-01-01 of a calendar day, or undefined when there is no such day (2026-02-30). */
const toEpochDay = (text: string): number | undefined => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(ms).toISOString().startsWith(text) ? ms / MS_PER_DAY : undefined;
};

export const businessDateSchema = z.iso
  .date()
  .brand<'BusinessDate'>()
  .meta({ id: 'BusinessDate', description: 'A calendar day, YYYY-MM-DD.' });

export const instantSchema = z.iso
  .datetime({ precision: 3 })
  .brand<'Instant'>()
  .meta({ id: 'Instant', description: 'An instant in UTC with milliseconds.' });

/** A day of the business calendar, "2026-11-22". No time, no zone: the ledger's today comes in with the command. */
export type BusinessDate = z.infer<typeof businessDateSchema>;

/** An instant in UTC, "2026-11-22T08:15:30.123Z". */
export type Instant = z.infer<typeof instantSchema>;

/** Reads a calendar day from a literal or a trusted text; throws when there is no such day. */
export const businessDate = (text: string): BusinessDate => businessDateSchema.parse(text);

/** Reads an instant from a literal or a trusted text; throws when it is none. */
export const instant = (text: string): Instant => instantSchema.parse(text);

/** Whole days since 1970-01-01. Calendar arithmetic is done on these. */
export const epochDay = (date: BusinessDate): number => {
  const day = toEpochDay(date);
  assert(day !== undefined, `not a calendar day: ${date}`);
  return day;
};

export const fromEpochDay = (day: number): BusinessDate =>
  new Date(day * MS_PER_DAY).toISOString().slice(0, 10) as BusinessDate;

export const addDays = (date: BusinessDate, days: number): BusinessDate => fromEpochDay(epochDay(date) + days);

/** Actual calendar days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number => epochDay(to) - epochDay(from);

/**
 * The same day of month so many months on, clipped to the month's end: 31 January + 1 month is 28 or 29 February.
 * Step from the first date every time (never from the previous result), or a clipped day sticks.
 */
export const addMonths = (date: BusinessDate, months: number): BusinessDate => {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  assert(year >= 0 && year <= 9999, `${months} months from ${date} is off the calendar`);
  const day = Math.min(Number(date.slice(8)), daysInMonth(year, month));
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}` as BusinessDate;
};

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** Gregorian: every fourth year is a leap year, but of the full centuries only every fourth. */
const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** ISO weekday: 1 is Monday, 7 is Sunday. 1970-01-01 was a Thursday. */
export const weekday = (date: BusinessDate): number => ((((epochDay(date) + 3) % 7) + 7) % 7) + 1;

/** Calendar days compare as texts; this names the intent. */
export const isBefore = (a: BusinessDate, b: BusinessDate): boolean => a < b;
export const isAfter = (a: BusinessDate, b: BusinessDate): boolean => a > b;

/** The instant of a clock reading, in milliseconds since 1970-01-01 UTC. */
export const instantAt = (epochMs: number): Instant => new Date(epochMs).toISOString() as Instant;

/** The house keeps one business calendar: China Standard Time, UTC+8 all year. */
const CALENDAR_OFFSET_MS = 8 * 3_600_000;

/** The business date of a clock reading. */
export const businessDateAt = (epochMs: number): BusinessDate =>
  fromEpochDay(Math.floor((epochMs + CALENDAR_OFFSET_MS) / MS_PER_DAY));

/** The instant at which a business date begins. */
export const startOf = (date: BusinessDate): Instant => instantAt(epochDay(date) * MS_PER_DAY - CALENDAR_OFFSET_MS);
