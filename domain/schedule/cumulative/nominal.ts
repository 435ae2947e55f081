import { addMonthsTo, civilOf, type Day, dayOfCivil, daysInMonth } from '../../calendar';
import type { Period } from '../loan-terms';
import type { Part } from './part';

/**
 * How many of the unit's periods lie between two days, as an exact fraction: whole ones, and the days that are left
 * over the days of the period they begin. A month ends on the seed's day of month, as far as the month has it.
 */
export const periodsBetween = (unit: Period['unit'], from: Day, to: Day, seedDay: number): Part => {
  switch (unit) {
    case 'days':
      return { numerator: to - from, denominator: 1 };
    case 'weeks':
      return { numerator: to - from, denominator: 7 };
    case 'months':
      return monthsBetween(from, to, 1, seedDay);
    case 'years':
      return monthsBetween(from, to, 12, seedDay);
  }
};

const monthsBetween = (from: Day, to: Day, length: number, seedDay: number): Part => {
  const [a, b] = [civilOf(from), civilOf(to)];
  const months = (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0);
  const whole = Math.floor(months / length);
  const start = onSeedDay(addMonthsTo(from, whole * length), seedDay);
  if (start === to) return { numerator: whole, denominator: 1 };
  const end = onSeedDay(addMonthsTo(from, (whole + 1) * length), seedDay);
  return { numerator: whole * (end - start) + (to - start), denominator: end - start };
};

/** Where a seed at the end of a month was clipped on the way, the day goes back to it. */
const onSeedDay = (day: Day, seedDay: number): Day => {
  if (seedDay <= 28) return day;
  const { year, month, day: dayOfMonth } = civilOf(day);
  return dayOfMonth < 28 ? day : dayOfCivil(year, month, Math.min(seedDay, daysInMonth(year, month)));
};
