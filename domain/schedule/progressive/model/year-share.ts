import {
  type Day,
  type DayCount,
  type LeapYears,
  loanYearLength,
  type NominalPeriods,
  splitDays,
  yearFraction,
} from '../../../calendar';
import { assert, unreachable } from '../../../kernel';
import type { LoanDayCount, LoanTerms } from '../../loan-terms';
import { type Decimal, over, plus, times, whole, withScale } from './precision';

/**
 * A stretch of days as a share of a year: (Σ days ÷ yearDays) × part ÷ of. The first factor is what the convention says
 * of the whole, the second the part of it that these days are. What a person with a calculator would write down.
 */
export interface YearShare {
  readonly terms: readonly { readonly days: Units; readonly yearDays: number }[];
  readonly part: number;
  readonly of: number;
}

/** Days, or nominal days: whole ones and a fraction of one more unit. */
export interface Units {
  readonly each: number;
  readonly whole: number;
  readonly rest: number;
  readonly restOf: number;
}

export interface Stretch {
  readonly from: Day;
  readonly due: Day;
}

const days = (count: number): Units => ({ each: 1, whole: count, rest: 0, restOf: 1 });

const YEAR_DAYS = { 'nominal-30/360': 360, 'nominal-30/364': 364, 'nominal-30/365': 365 } as const;

/** What decides how days become a share of a year. */
export type Counting = Pick<LoanTerms, 'interest'> & { readonly dueDates: Pick<LoanTerms['dueDates'], 'period'> };

/**
 * The share of a year of days inside a repayment period. `nominal` is how many of its units (days, weeks, months,
 * years) the period is taken for: `period.every` where the installment is worked out, what it really has where
 * interest is.
 */
export const yearShareOf = (
  terms: Counting,
  period: Stretch,
  from: Day,
  to: Day,
  nominal: Pick<Units, 'whole' | 'rest' | 'restOf'>,
): YearShare => {
  const { calculation, dayCount } = terms.interest;
  const { unit, every } = terms.dueDates.period;
  const length = period.due - period.from;
  if (length === 0) return { terms: [], part: 0, of: 1 };
  if (calculation === 'per-period' && unit !== 'days') {
    const perYear = unit === 'weeks' ? 52 : unit === 'months' ? 12 : 1;
    return { terms: [{ days: days(every), yearDays: perYear }], part: to - from, of: length };
  }
  if (isNominal(dayCount)) return nominalShare(terms, dayCount, period, from, to, nominal);
  if (dayCount === 'act/act-isda') return { terms: actualParts(terms, period, from, to), part: 1, of: 1 };
  const { numerator, denominator } = yearFraction(dayCount, from, to, contextOf(terms, dayCount, period));
  return { terms: [{ days: days(numerator), yearDays: denominator }], part: 1, of: 1 };
};

const nominalShare = (
  terms: Counting,
  dayCount: Nominal,
  period: Stretch,
  from: Day,
  to: Day,
  nominal: Pick<Units, 'whole' | 'rest' | 'restOf'>,
): YearShare => {
  const each = NOMINAL_DAYS[terms.dueDates.period.unit];
  const scaled = { part: to - from, of: period.due - period.from };
  if (dayCount !== 'nominal-30/act') {
    return { terms: [{ days: { each, ...nominal }, yearDays: YEAR_DAYS[dayCount] }], ...scaled };
  }
  const crossing = actualParts(terms, period, from, to);
  // Thirty days of months over an actual year say nothing of a period that lies in two years: its own days do.
  if (crossing.length > 1) return { terms: crossing, part: 1, of: 1 };
  return { terms: [{ days: { each, ...nominal }, yearDays: yearDaysOf(terms, from, period) }], ...scaled };
};

const NOMINAL_DAYS = { days: 1, weeks: 7, months: 30, years: 360 } as const;

type Nominal = Extract<LoanDayCount, `nominal-${string}`>;
const isNominal = (dayCount: LoanDayCount): dayCount is Nominal => dayCount.startsWith('nominal-');

/** The nominal length of periods counts. */
export const countsNominally = ({ interest }: Counting): boolean => isNominal(interest.dayCount);

const LEAP_YEARS = {
  calendar: 'actual',
  'february-29-periods': 'february-29-periods',
  'fixed-365': 'fixed-365',
} as const satisfies Record<LoanTerms['interest']['yearLength'], LeapYears>;

/** Actual days by the length of the year they fall in. */
const actualParts = ({ interest }: Counting, period: Stretch, from: Day, to: Day): YearShare['terms'] => {
  const leapYears = LEAP_YEARS[interest.yearLength];
  const isWhole = (length: 365 | 366) => [{ days: days(to - from), yearDays: length }];
  switch (leapYears) {
    case 'fixed-365':
      return isWhole(365);
    case 'february-29-periods':
      if (loanYearLength(interest.yearSplit, leapYears, period) === 365) return isWhole(365);
      break;
    case 'actual':
      break;
    default:
      return unreachable(leapYears);
  }
  const { inNormalYears, inLeapYears } = splitDays(interest.yearSplit, from, to);
  if (inLeapYears === 0) return isWhole(365);
  if (inNormalYears === 0) return isWhole(366);
  return [
    { days: days(inNormalYears), yearDays: 365 },
    { days: days(inLeapYears), yearDays: 366 },
  ];
};

const yearDaysOf = ({ interest }: Counting, from: Day, period: Stretch): number =>
  loanYearLength(interest.yearSplit, LEAP_YEARS[interest.yearLength], { from, due: period.due });

const contextOf = ({ dueDates }: Counting, dayCount: DayCount, period: Stretch): { nominal?: NominalPeriods } => {
  if (dayCount !== 'act/act-icma') return {};
  const { every, unit } = dueDates.period;
  const perYear = { days: 365, weeks: 52, months: 12, years: 1 }[unit] / every;
  assert(Number.isInteger(perYear), 'ACT/ACT ICMA wants a whole number of periods a year');
  return { nominal: { periods: [{ from: period.from, to: period.due }], perYear } };
};

/** Rate × share as a double. Relative error below 10 × 2^−53. */
export const factorOf = (rate: number, share: YearShare): number => {
  let sum = 0;
  for (const { days: units, yearDays } of share.terms) {
    sum += (units.each * (units.whole + units.rest / units.restOf)) / yearDays;
  }
  return (rate * sum * share.part) / share.of;
};

/** Decimals that a rate factor ends with. */
const FACTOR_DECIMALS = 19;

/** Rate × share, each step carried at 19 significant digits, the factor at 19 decimals. */
export const exactFactorOf = (rate: Decimal, share: YearShare): Decimal => {
  let sum: Decimal | undefined;
  for (const { days: units, yearDays } of share.terms) {
    const term = over(exactly(units), whole(yearDays));
    sum = sum === undefined ? term : plus(sum, term);
  }
  if (sum === undefined) return whole(0);
  const all = times(rate, sum);
  const scaled = share.part === 1 && share.of === 1 ? all : over(times(all, whole(share.part)), whole(share.of));
  return withScale(scaled, FACTOR_DECIMALS);
};

const exactly = ({ each, whole: full, rest, restOf }: Units): Decimal =>
  rest === 0 ? whole(each * full) : times(whole(each), plus(whole(full), over(whole(rest), whole(restOf))));
