import { addMonthsTo, type BusinessDate, civilOf, type Day, epochDay, isMonthEnd, unreachable } from '../../kernel';
import type { AnnualRate } from './annual-rate';
import type { DatedFlow } from './dated-flow';
import { type Fraction, NO_PART, reduced, sumOf } from './fraction';
import { type MeasuredBack, monthsBack } from './months-back';
import { solve } from './solve';

/** What intervals are counted in before days are: chosen by how often money changes hands. */
export const TIME_BASES = ['year', 'month', 'week', 'day'] as const;
export type TimeBasis = (typeof TIME_BASES)[number];

/** Money that changes hands so many years after the first drawdown. */
export interface YearsFlow {
  /** Minor units; above zero for a drawdown, below zero for what the borrower pays. */
  readonly cash: bigint;
  readonly years: Fraction;
}

const ONE: Fraction = { numerator: 1, denominator: 1 };

/**
 * The annual percentage rate of charge of the European Union: Σ drawdowns·(1+X)^−t = Σ payments·(1+X)^−t with t in
 * years (Directive 2008/48/EC Annex I, Directive (EU) 2023/2225 Annex III).
 */
export const effectiveRate = (flows: readonly YearsFlow[], decimals: number): AnnualRate =>
  solve(
    { kind: 'effective', perYear: ONE },
    flows.map(({ cash, years: { numerator, denominator } }) => ({
      cash,
      whole: Math.floor(numerator / denominator),
      part: { numerator: numerator % denominator, denominator },
    })),
    decimals,
  );

/** The same from calendar days; the first flow is time zero. */
export const europeanRate = (dated: readonly DatedFlow[], basis: TimeBasis, decimals: number): AnnualRate => {
  const [first] = dated.map(({ on }) => on).toSorted();
  if (first === undefined) return { kind: 'none', why: 'nothing-lent' };
  return effectiveRate(
    dated.map(({ on, cash }) => ({ cash, years: yearsBetween(basis, first, on) })),
    decimals,
  );
};

/**
 * An interval in years, by the Annexes and the Commission's guidelines (SWD(2012) 128, 4.1.1): whole years, months
 * (1/12) or weeks (1/52), counted back from the later day; then the days that remain, over the length of the year that
 * ends on their last day (365, or 366 with a 29 February in it). From one month's end to another's are whole months.
 */
export const yearsBetween = (basis: TimeBasis, from: BusinessDate, to: BusinessDate): Fraction => {
  const [start, end] = [epochDay(from), epochDay(to)];
  switch (basis) {
    case 'year':
      return withDays(countedBack(start, end, 12), 1);
    case 'month':
      return withDays(countedBack(start, end, 1), 12);
    case 'week': {
      const weeks = Math.floor((end - start) / 7);
      return withDays({ periods: weeks, days: (end - start) % 7, until: end - 7 * weeks }, 52);
    }
    case 'day':
      return withDays({ periods: 0, days: end - start, until: end }, 1);
    default:
      return unreachable(basis);
  }
};

const countedBack = (start: Day, end: Day, months: number): MeasuredBack => {
  const isFromEndToEnd = isMonthEnd(start) && isMonthEnd(end);
  return monthsBack(start, end, months, isFromEndToEnd ? 31 : civilOf(end).day);
};

const withDays = ({ periods, days, until }: MeasuredBack, perYear: number): Fraction =>
  sumOf(
    reduced(periods, perYear),
    days === 0 ? NO_PART : { numerator: days, denominator: until - addMonthsTo(until, -12) },
  );
