import { addDays, addMonths, type BusinessDate, businessDate, epochDay, fromEpochDay } from '../../domain/kernel';
import { commonDayOfMonth, type UnitPeriod, unitPeriodsBetween } from '../../domain/schedule/apr';
import { compared, firstFailed, type Verdict } from './case';
import { fractionOf, isSame, plus, textOf } from './figures';
import type { Flow } from './rate-flow';

const PASSED: Verdict = { kind: 'passed' };

/** Days of a flow, by its first day and how often it repeats; undefined where the case does not say. */
const daysOf = ({ firstDate, every, count }: Flow): readonly BusinessDate[] | undefined => {
  if (firstDate === null || firstDate === undefined) return undefined;
  const first = businessDate(firstDate);
  const [length = '1', unit = ''] = every?.split(' ') ?? [];
  if (every === undefined) return count === 1 ? [first] : undefined;
  const step = stepOf(unit.replace(/s$/, ''), Number(length));
  return step && Array.from({ length: count }, (_, index) => step(first, index));
};

const stepOf = (unit: string, length: number): ((day: BusinessDate, index: number) => BusinessDate) | undefined => {
  switch (unit) {
    case 'day':
      return (day, index) => addDays(day, index * length);
    case 'week':
      return (day, index) => addDays(day, index * length * 7);
    case 'month':
      return (day, index) => addMonths(day, index * length);
    case 'year':
      return (day, index) => addMonths(day, index * length * 12);
    default:
      return undefined;
  }
};

/** A unit-period as cases write it: "1 month", "3 months", "2 weeks", "255 days", "semimonth". */
const unitPeriodOf = (length: string): UnitPeriod | undefined => {
  const [first = '', second] = length.split(' ');
  const [count, unit] = second === undefined ? [1, first] : [Number(first), second.replace(/s$/, '')];
  switch (unit) {
    case 'day':
      return count === 1 ? { unit } : { unit: 'term', days: count };
    case 'week':
      return { unit, count };
    case 'semimonth':
      return { unit };
    case 'month':
      return count === 12 ? { unit: 'year' } : { unit, count };
    case 'year':
      return count === 1 ? { unit } : undefined;
    default:
      return undefined;
  }
};

/** Where a case gives the unit-period and days, each flow's t and f must follow from them, too. */
export const judgeDates = (flows: readonly Flow[], length: string | undefined): Verdict => {
  const period = length === undefined ? undefined : unitPeriodOf(length);
  const dated = flows.map((flow) => ({ flow, days: daysOf(flow)?.map(epochDay) }));
  if (period === undefined || dated.some(({ days }) => days === undefined)) return PASSED;
  const zero = Math.min(...dated.flatMap(({ days = [] }) => days));
  return firstFailed(
    dated.flatMap(({ flow, days = [] }, index) =>
      days.map((on, repeat) => {
        const stated = plus({ numerator: (flow.t ?? 0) + repeat, denominator: 1 }, fractionOf(flow.f ?? '0'));
        const { whole, part } = unitPeriodsBetween(
          period,
          zero,
          on,
          days.length > 1 ? commonDayOfMonth(days) : undefined,
        );
        const got = plus({ numerator: whole, denominator: 1 }, part);
        const isStated = isSame(got, stated);
        return compared(
          `flows[${index}] on ${fromEpochDay(on)}`,
          textOf(stated),
          isStated ? textOf(stated) : textOf(got),
        );
      }),
    ),
  );
};
