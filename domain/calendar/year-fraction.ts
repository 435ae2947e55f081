/**
 * A part of a year, exact. Plain whole numbers: no convention's numerator or denominator comes near 2^53 (the widest
 * of them, ACT/ACT over a year's end, has 365 × 366 = 133,590 below the line). Not reduced, so that the figures a
 * person would write ("31/365") are still to be seen.
 */
export interface YearFraction {
  readonly numerator: number;
  readonly denominator: number;
}
