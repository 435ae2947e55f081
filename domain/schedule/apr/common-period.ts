import { addMonthsTo, assert, type Day } from '../../kernel';
import { commonDayOfMonth } from './months-back';
import { type UnitPeriod, unitPeriodsBetween } from './unit-period';

/**
 * The unit-period of a transaction (12 CFR 1026 Appendix J (b)(4)): the standard interval, of a year at the most, that
 * occurs most often (the shorter of two that occur as often) between advances, between payments, and from the start to
 * the first payment. If none occurs twice, the average interval, rounded to the nearest standard one. A single
 * advance with a single payment: its term, or a year where that is longer.
 */
export const unitPeriodOf = (advances: readonly Day[], payments: readonly Day[]): UnitPeriod => {
  const [start, firstPayment] = [advances[0], payments[0]];
  assert(start !== undefined && firstPayment !== undefined, 'a transaction has an advance and a payment');
  if (advances.length === 1 && payments.length === 1) return unitPeriodOfTerm(start, firstPayment);
  const toPayments = start < firstPayment ? [start, ...payments] : payments;
  const standards = [
    ...between(advances).flatMap((interval) => standardsOf(interval, commonDayOfMonth(advances))),
    ...between(toPayments).flatMap((interval) => standardsOf(interval, commonDayOfMonth(payments))),
    ...semimonths(payments),
  ];
  const votes = new Map<string, Standard & { times: number }>();
  for (const standard of standards) {
    const key = JSON.stringify(standard.period);
    votes.set(key, { ...standard, times: (votes.get(key)?.times ?? 0) + 1 });
  }
  const [most] = [...votes.values()]
    .filter(({ times }) => times > 1)
    .toSorted((a, b) => b.times - a.times || a.days - b.days);
  return most?.period ?? nearestStandard([...between(advances), ...between(toPayments)]);
};

type Interval = readonly [from: Day, to: Day];

/** A standard interval and its length, for comparing. */
interface Standard {
  readonly period: UnitPeriod;
  readonly days: number;
}

const DAYS_PER_MONTH = 365 / 12;

const unitPeriodOfTerm = (from: Day, to: Day): UnitPeriod => {
  const { whole } = unitPeriodsBetween({ unit: 'year' }, from, to);
  if (whole > 0) return { unit: 'year' };
  const { whole: months, part } = unitPeriodsBetween({ unit: 'month', count: 1 }, from, to);
  const days = to - from;
  return part.numerator === 0 && months > 0 ? { unit: 'term', days, months } : { unit: 'term', days };
};

const between = (days: readonly Day[]): Interval[] =>
  days.flatMap((to, index): Interval[] => {
    const from = days[index - 1];
    return from === undefined || from === to ? [] : [[from, to]];
  });

const ofMonths = (count: number): Standard => ({
  period: count === 12 ? { unit: 'year' } : { unit: 'month', count },
  days: count * DAYS_PER_MONTH,
});

const ofWeeks = (count: number): Standard => ({ period: { unit: 'week', count }, days: count * 7 });

const DAY: Standard = { period: { unit: 'day' }, days: 1 };
const SEMIMONTH: Standard = { period: { unit: 'semimonth' }, days: DAYS_PER_MONTH / 2 };

/** The standard intervals that an interval is: 28 days from 1 February are four weeks and a month. */
const standardsOf = ([from, to]: Interval, dayOfMonth: number | undefined): readonly Standard[] => {
  const days = to - from;
  const found: Standard[] = [];
  if (days === 1) found.push(DAY);
  if (days % 7 === 0 && days <= 52 * 7) found.push(ofWeeks(days / 7));
  const { whole, part } = unitPeriodsBetween({ unit: 'month', count: 1 }, from, to, dayOfMonth);
  if (part.numerator === 0 && whole >= 1 && whole <= 12) found.push(ofMonths(whole));
  return found;
};

/** Intervals of about half a month, where two of them in a row make a month. */
const semimonths = (days: readonly Day[]): readonly Standard[] =>
  between(days)
    .filter(([from, to]) => {
      if (to - from < 13 || to - from > 18) return false;
      return days.includes(addMonthsTo(from, 1)) || days.some((day) => addMonthsTo(day, 1) === to);
    })
    .map(() => SEMIMONTH);

const STANDARDS: readonly Standard[] = [
  DAY,
  SEMIMONTH,
  ...Array.from({ length: 52 }, (_, index) => ofWeeks(index + 1)),
  ...Array.from({ length: 12 }, (_, index) => ofMonths(index + 1)),
].toSorted((a, b) => a.days - b.days);

const nearestStandard = (intervals: readonly Interval[]): UnitPeriod => {
  const average = intervals.reduce((sum, [from, to]) => sum + (to - from), 0) / Math.max(1, intervals.length);
  let nearest = DAY;
  for (const standard of STANDARDS) {
    if (Math.abs(standard.days - average) < Math.abs(nearest.days - average)) nearest = standard;
  }
  return nearest.period;
};
