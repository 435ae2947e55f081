import fc from 'fast-check';
import { businessDate } from '../kernel';
import {
  addMonthsTo,
  civilOf,
  dateOf,
  dayOf,
  dayOfCivil,
  daysInMonth,
  daysInYear,
  isLeapYear,
  isMonthEnd,
  weekdayOf,
} from '.';

const at = (text: string): number => dayOf(businessDate(text));
const FIRST = at('1900-01-01');
const LAST = at('2200-12-31');
const days = fc.integer({ min: FIRST, max: LAST });

/** The platform's calendar, as the second opinion. */
const byPlatform = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

describe('days since 1970-01-01', () => {
  it('are the platform’s days, there and back, on every day from 1900 to 2200', () => {
    for (let day = FIRST; day <= LAST; day += 1) {
      const text = dateOf(day);
      if (text !== byPlatform(day) || dayOf(text) !== day) throw new Error(`${day} is ${text}`);
    }
  });

  it('are year, month and day, there and back', () => {
    fc.assert(
      fc.property(days, (day) => {
        const civil = civilOf(day);
        expect(byPlatform(day)).toBe(
          [String(civil.year), ...[civil.month, civil.day].map((part) => String(part).padStart(2, '0'))].join('-'),
        );
        expect(dayOfCivil(civil.year, civil.month, civil.day)).toBe(day);
      }),
    );
  });

  it('reach from the year 0000 to the year 9999', () => {
    expect(['0000-01-01', '0000-02-29', '0099-12-31', '9999-12-31'].map((text) => dateOf(at(text)))).toEqual([
      '0000-01-01',
      '0000-02-29',
      '0099-12-31',
      '9999-12-31',
    ]);
    expect(() => dateOf(at('9999-12-31') + 1)).toThrow('off the calendar');
    expect(() => dateOf(at('0000-01-01') - 1)).toThrow('off the calendar');
    expect(() => dateOf(0.5)).toThrow('off the calendar');
  });

  it('know the day of the week', () => {
    fc.assert(fc.property(days, (day) => expect(weekdayOf(day)).toBe(new Date(day * 86_400_000).getUTCDay() || 7)));
  });

  it('know leap years and the lengths of months', () => {
    expect([1900, 2000, 2023, 2024, 2100].map(isLeapYear)).toEqual([false, true, false, true, false]);
    fc.assert(
      fc.property(days, (day) => {
        const { year, month } = civilOf(day);
        expect(daysInMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
        expect(daysInYear(year)).toBe(dayOfCivil(year + 1, 1, 1) - dayOfCivil(year, 1, 1));
        expect(isMonthEnd(day)).toBe(civilOf(day).day === daysInMonth(year, month));
      }),
    );
  });
});

describe('stepping months', () => {
  it('clips to the month’s end, and comes back to the day of the seed', () => {
    const seed = at('2024-01-31');
    expect([1, 2, 3, 13].map((months) => dateOf(addMonthsTo(seed, months)))).toEqual([
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
      '2025-02-28',
    ]);
  });

  it('lands in the month asked for, on the seed’s day or the month’s last', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -600, max: 600 }), (seed, months) => {
        const from = civilOf(seed);
        const to = civilOf(addMonthsTo(seed, months));
        expect(to.year * 12 + to.month).toBe(from.year * 12 + from.month + months);
        expect(to.day).toBe(Math.min(from.day, daysInMonth(to.year, to.month)));
      }),
    );
  });

  it('keeps the order of days', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 400 }), fc.integer({ min: -60, max: 60 }), (day, gap, months) => {
        expect(addMonthsTo(day, months)).toBeLessThanOrEqual(addMonthsTo(day + gap, months));
      }),
    );
  });
});
