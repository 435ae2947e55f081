import { addMonthsTo, civilOf, type Day, dayOfCivil, daysInMonth } from '../../kernel';

/** What is left of an interval once whole periods are measured back from its end. */
export interface MeasuredBack {
  readonly periods: number;
  /** Days from the start to the first day of the earliest whole period. */
  readonly days: number;
  /** That first day: where the days end. */
  readonly until: Day;
}

/**
 * Whole months (or years of twelve) from one day to another, measured back from the later one, and the days before
 * them. `dayOfMonth` is the day to which the months run (31 for month ends); in shorter months it is their last.
 */
export const monthsBack = (from: Day, to: Day, months: number, dayOfMonth: number): MeasuredBack => {
  const [start, end] = [civilOf(from), civilOf(to)];
  const back = (periods: number): Day => onDayOfMonth(addMonthsTo(to, -periods * months), dayOfMonth);
  let periods = Math.max(0, Math.floor(((end.year - start.year) * 12 + end.month - start.month) / months));
  while (periods > 0 && back(periods) < from) periods -= 1;
  const until = periods === 0 ? to : back(periods);
  return { periods, days: until - from, until };
};

/** The day in the same month with that day of month, or the month's last. */
const onDayOfMonth = (day: Day, dayOfMonth: number): Day => {
  const { year, month } = civilOf(day);
  return dayOfCivil(year, month, Math.min(dayOfMonth, daysInMonth(year, month)));
};

/**
 * The day of month on which a series of days falls, in each month or on its last day where it has none: 31 for month
 * ends, 30 for 30 January, 28 February, 30 March. Undefined when the days keep to no day of month.
 */
export const commonDayOfMonth = (days: readonly Day[]): number | undefined => {
  const civil = days.map(civilOf);
  const dayOfMonth = Math.max(...civil.map(({ day }) => day));
  const holds = civil.every(({ year, month, day }) => day === Math.min(dayOfMonth, daysInMonth(year, month)));
  if (!holds) return undefined;
  // Days that all are their month's last are a series of month ends, however short the months seen.
  return civil.every(({ year, month, day }) => day === daysInMonth(year, month)) && days.length > 1 ? 31 : dayOfMonth;
};
