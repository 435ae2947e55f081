import { assert } from '../kernel';
import type { Day } from './day';
import type { YearFraction } from './year-fraction';

/** A nominal interest period, from its first day up to (and without) its last. */
export interface NominalPeriod {
  readonly from: Day;
  readonly to: Day;
}

/** Nominal periods without gaps, in order, and how many of them make a year. */
export interface NominalPeriods {
  readonly periods: readonly NominalPeriod[];
  readonly perYear: number;
}

/**
 * ACT/ACT ICMA (Rule 251): over the nominal periods, the days that fall in each ÷ (days of that period × periods per
 * year). A whole nominal period is exactly 1/perYear, whatever its length. Exact.
 * @throws InvariantError when the periods do not cover the days.
 */
export const nominalPeriodFraction = ({ periods, perYear }: NominalPeriods, from: Day, to: Day): YearFraction => {
  assert(Number.isInteger(perYear) && perYear > 0, 'a whole number of nominal periods makes a year');
  let [numerator, denominator, covered] = [0, 1, 0];
  for (const period of periods) {
    const days = Math.min(to, period.to) - Math.max(from, period.from);
    if (days <= 0) continue;
    const length = period.to - period.from;
    // Common denominator: lengths repeat (28 to 31, 181 to 184, 365 and 366), so it stays small.
    const common = (denominator / commonDivisor(denominator, length)) * length;
    numerator = numerator * (common / denominator) + days * (common / length);
    denominator = common;
    covered += days;
  }
  assert(covered === to - from, 'the nominal periods cover the days exactly once');
  assert(Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator * perYear), 'the fraction stays exact');
  return { numerator, denominator: denominator * perYear };
};

const commonDivisor = (a: number, b: number): number => {
  let [high, low] = [a, b];
  while (low !== 0) [high, low] = [low, high % low];
  return high;
};
