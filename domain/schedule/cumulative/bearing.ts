import type { Day } from '../../calendar';
import type { RateText } from '../../kernel';
import type { AmountRules } from './amounts';
import { type Carried, carriedTimes, timesCarried } from './carried';
import type { CountedPart } from './part';
import type { Span } from './rate';

/** A day from which more or less principal bears interest. */
export interface Step {
  readonly day: Day;
  readonly delta: bigint;
  /** What it came of, where that is a fact. */
  readonly fact?: string;
  /** Principal that is overdue, or no longer. */
  readonly isLate?: true;
}

/** A run of days with one balance and one rate, and what it bears: written down for those who ask. */
export interface NotedRun {
  readonly from: Day;
  readonly to: Day;
  readonly balance: bigint;
  readonly perYear: RateText;
  readonly isPaused: boolean;
  readonly counted: CountedPart;
  readonly factor: Carried;
  readonly interest: bigint;
  /** What changes the balance at its end. */
  steps: readonly Step[];
}

export interface InterestRules {
  readonly factor: (ratePerYear: RateText, from: Day, to: Day, period: Span) => Carried;
  readonly counted: (from: Day, to: Day, period: Span) => CountedPart;
  /** Rounds what a balance bears to an amount. */
  readonly round: (balance: bigint, factor: Carried) => bigint;
  /** Days on which what is charged may change by itself: a floating rate, a pause. */
  readonly cuts: readonly Day[];
  readonly isPaused: (day: Day) => boolean;
  /** Interest is charged for a whole period from the balance it opens with. */
  readonly isWhole: boolean;
}

/**
 * The interest of a period from the balance it opens with and the steps inside it: each run of days with one balance
 * and one rate by itself, each rounded, as the field does.
 */
export const interestOver = (
  opening: bigint,
  steps: readonly Step[],
  from: Day,
  to: Day,
  charging: Charging,
): bigint => {
  const { rules } = charging;
  if (rules.isWhole) return ofRun(opening, from, to, charging);
  if (steps.length === 0 && rules.cuts.length === 0) return ofRun(opening, from, to, charging);
  const inside = steps.filter(({ day }) => day > from && day < to);
  const days = new Set([...inside.map(({ day }) => day), ...rules.cuts.filter((day) => day > from && day < to)]);
  let balance = opening;
  let interest = 0n;
  let since = from;
  for (const day of [...days].sort((a, b) => a - b)) {
    interest += ofRun(balance, since, day, charging);
    for (const step of inside) if (step.day === day) balance += step.delta;
    noteSteps(charging.runs, inside, day);
    since = day;
  }
  return interest + ofRun(balance, since, to, charging);
};

const ofRun = (balance: bigint, from: Day, to: Day, charging: Charging): bigint => {
  const { period, rateOn, rules, runs } = charging;
  const bears = balance > 0n && from < to && !rules.isPaused(from);
  const interest = bears ? rules.round(balance, rules.factor(rateOn(from), from, to, period)) : 0n;
  if (runs !== undefined && from <= to) noteRun(runs, balance, from, to, charging, interest);
  return interest;
};

const noteRun = (
  runs: NotedRun[],
  balance: bigint,
  from: Day,
  to: Day,
  { period, rateOn, rules }: Charging,
  interest: bigint,
): void => {
  const perYear = rateOn(from);
  const factor = rules.factor(perYear, from, to, period);
  const counted = rules.counted(from, to, period);
  runs.push({ from, to, balance, perYear, isPaused: rules.isPaused(from), counted, factor, interest, steps: [] });
};

const noteSteps = (runs: NotedRun[] | undefined, steps: readonly Step[], day: Day): void => {
  const last = runs?.at(-1);
  if (last !== undefined) last.steps = steps.filter((step) => step.day === day);
};

/** Notes what the balance has changed by between runs that were asked for one after the other. */
export const noteBetween = (runs: NotedRun[], steps: readonly Step[], day: Day, opening: bigint): void => {
  const last = runs.at(-1);
  if (last === undefined) return;
  const known = steps.filter((step) => step.day === day);
  const rest = known.reduce((sum, { delta }) => sum - delta, opening - last.balance);
  last.steps = rest === 0n ? known : [...known, { day, delta: rest }];
};

/** What a period is charged by. */
export interface Charging {
  readonly period: Span;
  readonly rateOn: (day: Day) => RateText;
  readonly rules: InterestRules;
  /** Takes the runs, where somebody asks for them. */
  readonly runs?: NotedRun[] | undefined;
}

/** A balance in time: what has come so far, and the steps that are still ahead. */
export interface Balance {
  now: bigint;
  ahead: Step[];
}

export const emptyBalance = (): Balance => ({ now: 0n, ahead: [] });

/** The balance at the end of a day. Days may only go forwards; a step that was noted late counts from now on. */
export const balanceAt = (balance: Balance, day: Day): bigint => {
  if (balance.ahead.length === 0) return balance.now;
  const ahead: Step[] = [];
  for (const step of balance.ahead) {
    if (step.day <= day) balance.now += step.delta;
    else ahead.push(step);
  }
  balance.ahead = ahead;
  return balance.now;
};

/** Notes a step; one that has come by the day the balance is asked for next counts at once. */
export const noteStep = (balance: Balance, day: Day, delta: bigint, next: Day): void => {
  if (day <= next && balance.ahead.length === 0) balance.now += delta;
  else balance.ahead.push({ day, delta });
};

/** Amounts are whole multiples of a unit. */
export const roundingTo =
  ({ rounding, unit }: AmountRules) =>
  (balance: bigint, factor: Carried): bigint =>
    unit === 1n
      ? timesCarried(balance, factor, rounding)
      : timesCarried(balance, carriedTimes(factor, 1n, unit), rounding) * unit;
