import { z } from 'zod';
import { addMonthsTo, assert, civilOf, type Day, dayOfCivil, daysInMonth, isMonthEnd, unreachable } from '../kernel';

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
  let stands = 1;
  while (stepFrom(seed, rhythm, stands + 1, monthEnd) <= first.due) stands += 1;
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? first.due : stepFrom(seed, rhythm, stands + index, monthEnd),
  );
};

const datesAfter = (rhythm: Rhythm, monthEnd: MonthEnd, seed: Day, count: number): readonly Day[] => {
  if (rhythm.kind === 'days-of-month') return daysOfMonths(rhythm.days, monthEnd, seed, count);
  return Array.from({ length: count }, (_, index) => stepFrom(seed, rhythm, index + 1, monthEnd));
};

/** The day so many steps from a seed, counted from the seed at once. Steps may be 0 or negative. */
export const stepFrom = (seed: Day, { every, unit }: Omit<Every, 'kind'>, steps: number, monthEnd: MonthEnd): Day => {
  switch (unit) {
    case 'days':
      return seed + every * steps;
    case 'weeks':
      return seed + 7 * every * steps;
    case 'months':
      return monthsFrom(seed, every * steps, monthEnd);
    case 'years':
      return monthsFrom(seed, 12 * every * steps, monthEnd);
    default:
      return unreachable(unit);
  }
};

const monthsFrom = (seed: Day, months: number, monthEnd: MonthEnd): Day => {
  const clipped = addMonthsTo(seed, months);
  if (monthEnd === 'clip') return clipped;
  const { year, month, day } = civilOf(clipped);
  if (monthEnd === 'first-day-of-next-month') return civilOf(seed).day > day ? clipped + 1 : clipped;
  return isMonthEnd(seed) ? dayOfCivil(year, month, daysInMonth(year, month)) : clipped;
};

const daysOfMonths = (days: readonly number[], monthEnd: MonthEnd, after: Day, count: number): readonly Day[] => {
  const found: Day[] = [];
  const start = civilOf(after);
  let latest = after;
  for (let index = start.year * 12 + start.month - 1; found.length < count; index += 1) {
    for (const day of days) {
      const due = inMonth(Math.floor(index / 12), (index % 12) + 1, day, monthEnd);
      if (due <= latest || found.length === count) continue;
      found.push(due);
      latest = due;
    }
  }
  return found;
};

const inMonth = (year: number, month: number, day: number, monthEnd: MonthEnd): Day => {
  const last = daysInMonth(year, month);
  const overflow = monthEnd === 'first-day-of-next-month' ? last + 1 : last;
  return dayOfCivil(year, month, 1) + (day <= last ? day : overflow) - 1;
};
