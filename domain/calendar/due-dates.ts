import { z } from 'zod';
import { assert, unreachable } from '../kernel';
import { civilOf, type Day, dayOfCivil, daysInMonth, isMonthEnd } from './day';

/**
 * Where a due date goes that its month does not have (30 and 31 February, 31 April).
 * 'clip': to the last day of the month; the next month has the day again. Fineract says LAST_DAY_OF_MONTH to this.
 * 'first-day-of-next-month': 31 January, 1 March, 31 March, 1 May. Fineract: FIRST_DAY_OF_NEXT_MONTH.
 * 'last-day-of-month': as 'clip', and a seed on the last day of its month keeps to last days: 28 February, 31 March
 * (the end-of-month roll of bonds).
 */
export const monthEndSchema = z.enum(['clip', 'last-day-of-month', 'first-day-of-next-month']).meta({ id: 'MonthEnd' });
export type MonthEnd = z.infer<typeof monthEndSchema>;

/** When installments fall due: every so many days, weeks, months or years, or on fixed days of each month. */
export const rhythmSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('every'),
      every: z.int().min(1).max(1_000),
      unit: z.enum(['days', 'weeks', 'months', 'years']),
    }),
    z.strictObject({
      kind: z.literal('days-of-month'),
      days: z
        .array(z.int().min(1).max(31))
        .min(1)
        .max(31)
        .refine((days) => days.every((day, index) => day > (days[index - 1] ?? 0)), 'days in rising order, each once'),
    }),
  ])
  .meta({ id: 'Rhythm' });

export type Rhythm = Readonly<z.infer<typeof rhythmSchema>>;
type Every = Extract<Rhythm, { kind: 'every' }>;

export interface DueDatePlan {
  /** The day that dates are counted from, itself no due date: the disbursement, as a rule. */
  readonly seed: Day;
  readonly count: number;
  readonly rhythm: Rhythm;
  readonly monthEnd: MonthEnd;
  /** A first due date by agreement: the first period is longer or shorter. */
  readonly first?: {
    readonly due: Day;
    /**
     * Where later dates come from. 'first-due-date': counted from it as from a seed. 'seed': the dates that the seed
     * gives; the agreed date stands for the last of them that is not after it, or else for the first one.
     */
    readonly countedFrom: 'first-due-date' | 'seed';
  };
}

/**
 * The due dates of a plan, before any move to a business day; strictly rising. Months are counted from the seed every
 * time, never from the date before, so a clipped day does not stick.
 * @throws InvariantError when the agreed first date is not after the seed.
 */
export const dueDays = (plan: DueDatePlan): readonly Day[] => {
  const { first, seed, count, monthEnd, rhythm } = plan;
  assert(Number.isInteger(count) && count >= 0, 'a whole number of due dates');
  if (first === undefined) return datesAfter(rhythm, monthEnd, seed, count);
  assert(first.due > seed, 'the first due date is after the seed');
  if (count === 0) return [];
  if (rhythm.kind === 'days-of-month' || first.countedFrom === 'first-due-date') {
    return [first.due, ...datesAfter(rhythm, monthEnd, first.due, count - 1)];
  }
  const step = stepperFrom(seed, rhythm, monthEnd);
  let stands = 1;
  while (step(stands + 1) <= first.due) stands += 1;
  return [first.due, ...steps(step, stands + 1, count - 1)];
};

const datesAfter = (rhythm: Rhythm, monthEnd: MonthEnd, seed: Day, count: number): readonly Day[] => {
  if (rhythm.kind === 'days-of-month') return daysOfMonths(rhythm.days, monthEnd, seed, count);
  return steps(stepperFrom(seed, rhythm, monthEnd), 1, count);
};

const steps = (step: (n: number) => Day, from: number, count: number): readonly Day[] => {
  const found = new Array<Day>(count);
  for (let at = 0; at < count; at += 1) found[at] = step(from + at);
  return found;
};

/** The day so many steps from a seed, counted from the seed at once. Steps may be 0 or negative. */
export const stepFrom = (seed: Day, period: Omit<Every, 'kind'>, steps: number, monthEnd: MonthEnd): Day =>
  stepperFrom(seed, period, monthEnd)(steps);

/** The same for many steps of one seed: what there is to know of the seed is found out once. */
const stepperFrom = (seed: Day, { every, unit }: Omit<Every, 'kind'>, monthEnd: MonthEnd): ((steps: number) => Day) => {
  switch (unit) {
    case 'days':
      return (steps) => seed + every * steps;
    case 'weeks':
      return (steps) => seed + 7 * every * steps;
    case 'months':
      return monthStepper(seed, every, monthEnd);
    case 'years':
      return monthStepper(seed, 12 * every, monthEnd);
    default:
      return unreachable(unit);
  }
};

const monthStepper = (seed: Day, months: number, monthEnd: MonthEnd): ((steps: number) => Day) => {
  const from = civilOf(seed);
  const start = from.year * 12 + from.month - 1;
  const day = monthEnd === 'last-day-of-month' && isMonthEnd(seed) ? 31 : from.day;
  return (steps) => inMonth(start + months * steps, day, monthEnd);
};

const daysOfMonths = (days: readonly number[], monthEnd: MonthEnd, after: Day, count: number): readonly Day[] => {
  const found: Day[] = [];
  const { year, month } = civilOf(after);
  let latest = after;
  for (let index = year * 12 + month - 1; found.length < count; index += 1) {
    for (const day of days) {
      const due = inMonth(index, day, monthEnd);
      if (due <= latest || found.length === count) continue;
      found.push(due);
      latest = due;
    }
  }
  return found;
};

/** A day of month in the month of that index (12 × year + month − 1), or where the strategy puts it. */
const inMonth = (index: number, day: number, monthEnd: MonthEnd): Day => {
  // Years are never below 0 here.
  const year = (index / 12) | 0;
  const month = index - year * 12 + 1;
  if (day <= SHORTEST_MONTH) return dayOfCivil(year, month, day);
  const last = daysInMonth(year, month);
  if (day <= last) return dayOfCivil(year, month, day);
  return dayOfCivil(year, month, last) + (monthEnd === 'first-day-of-next-month' ? 1 : 0);
};

const SHORTEST_MONTH = 28;
