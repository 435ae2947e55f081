import fc from 'fast-check';
import { z } from 'zod';
import {
  addDays,
  addMonths,
  type BusinessDate,
  businessDate,
  businessDateAt,
  businessDateSchema,
  daysBetween,
  epochDay,
  fromEpochDay,
  instantAt,
  instantSchema,
  isAfter,
  isBefore,
  startOf,
  weekday,
} from '.';

const day = businessDate;
const days = fc.integer({ min: epochDay(day('1900-01-01')), max: epochDay(day('2200-12-31')) }).map(fromEpochDay);

/** The same months by the platform's calendar. */
const monthsByPlatform = (date: BusinessDate, months: number): string => {
  const first = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  const last = new Date(first);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  first.setUTCDate(Math.min(Number(date.slice(8)), last.getUTCDate()));
  return first.toISOString().slice(0, 10);
};

describe('business dates', () => {
  it.each(['2026-02-30', '2025-02-29', '1900-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00:00Z', ''])(
    '%s is no calendar day',
    (text) => expect(businessDateSchema.safeParse(text).success).toBe(false),
  );

  it.each(['2024-02-29', '2000-02-29', '2026-12-31'])('%s is one', (text) => {
    expect(businessDateSchema.safeParse(text).success).toBe(true);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-01-30', 1, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-05-05', 0, '2026-05-05'],
  ])('%s and %d months is %s', (from, months, to) => {
    expect(addMonths(day(from), months)).toBe(to);
  });

  it('steps months as the platform calendar does', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -600, max: 600 }), (date, months) => {
        expect(addMonths(date, months)).toBe(monthsByPlatform(date, months));
      }),
    );
  });

  it('keeps the day of month when months are counted from the first date, and loses it when they are chained', () => {
    expect(addMonths(day('2026-01-31'), 2)).toBe('2026-03-31');
    expect(addMonths(addMonths(day('2026-01-31'), 1), 1)).toBe('2026-03-28');
  });

  it('counts days there and back', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -100_000, max: 100_000 }), (date, count) => {
        const other = addDays(date, count);
        expect(daysBetween(date, other)).toBe(count);
        expect(addDays(other, -count)).toBe(date);
        expect(isBefore(date, other)).toBe(count > 0);
        expect(isAfter(date, other)).toBe(count < 0);
      }),
    );
  });

  it('has 366 days in a leap year only', () => {
    const lengthOf = (year: number): number => daysBetween(day(`${year}-01-01`), day(`${year + 1}-01-01`));
    expect([2023, 2024, 1900, 2000, 2100].map(lengthOf)).toEqual([365, 366, 365, 366, 365]);
  });

  it('knows the day of the week', () => {
    expect(['2026-11-22', '2026-11-23', '1970-01-01', '1969-12-31'].map((text) => weekday(day(text)))).toEqual([
      7, 1, 4, 3,
    ]);
  });

  it('keeps one calendar, UTC+8: the date changes at 16:00 UTC', () => {
    expect(businessDateAt(Date.UTC(2026, 10, 22, 15, 59, 59, 999))).toBe('2026-11-22');
    expect(businessDateAt(Date.UTC(2026, 10, 22, 16))).toBe('2026-11-23');
    expect(startOf(day('2026-11-23'))).toBe('2026-11-22T16:00:00.000Z');
    fc.assert(
      fc.property(days, (date) => {
        expect(businessDateAt(Date.parse(startOf(date)))).toBe(date);
        expect(businessDateAt(Date.parse(startOf(date)) - 1)).toBe(addDays(date, -1));
      }),
    );
  });

  it('writes instants in UTC with milliseconds', () => {
    expect(instantSchema.parse(instantAt(0))).toBe('1970-01-01T00:00:00.000Z');
    expect(instantSchema.safeParse('2026-11-22T08:15:30Z').success).toBe(false);
    expect(instantSchema.safeParse('2026-11-22T08:15:30.123+08:00').success).toBe(false);
  });

  it.each([businessDateSchema, instantSchema])('is a plain text in JSON Schema, in and out', (schema) => {
    const asInput = z.toJSONSchema(schema, { io: 'input' });
    expect(JSON.stringify(asInput)).toContain('"type":"string"');
    expect(z.toJSONSchema(schema, { io: 'output' })).toEqual(asInput);
  });
});
