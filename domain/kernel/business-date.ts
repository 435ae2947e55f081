import { z } from 'zod';
import { InvariantError } from './assert';
import { addMonthsTo, type Day, readDay, weekdayOf, writeDay } from './civil';

const MS_PER_DAY = 86_400_000;

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

/** Whole days since 1970-01-01: arithmetic is done on these. @throws InvariantError when there is no such day. */
export const epochDay = (date: BusinessDate): Day => {
  const day = readDay(date);
  if (day === undefined) throw new InvariantError(`not a calendar day: ${date}`);
  return day;
};

/** The calendar day so many days after 1970-01-01. @throws InvariantError outside the years 0000 to 9999. */
export const fromEpochDay = (day: Day): BusinessDate => writeDay(day) as BusinessDate;

export const addDays = (date: BusinessDate, days: number): BusinessDate => fromEpochDay(epochDay(date) + days);

/** Actual calendar days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number => epochDay(to) - epochDay(from);

/**
 * The same day of month so many months on, clipped to the month's end: 31 January + 1 month is 28 or 29 February.
 * Step from the first date every time (never from the previous result), or a clipped day sticks.
 */
export const addMonths = (date: BusinessDate, months: number): BusinessDate =>
  fromEpochDay(addMonthsTo(epochDay(date), months));

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export const weekday = (date: BusinessDate): number => weekdayOf(epochDay(date));

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
