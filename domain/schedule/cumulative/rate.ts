import { civilOf, countedDays, type Day, dayOfCivil, isLeapYear, loanYearFraction } from '../../calendar';
import { parseRate, type RateText } from '../../kernel';
import type { LoanTerms, Period } from '../loan-terms';
import { type Carried, carried, carriedTimes } from './carried';
import { periodsBetween } from './nominal';
import type { CountedPart, Part } from './part';

const PERIODS_A_YEAR: Readonly<Record<Period['unit'], bigint>> = { days: 365n, weeks: 52n, months: 12n, years: 1n };
const DAYS_A_PERIOD: Readonly<Record<Period['unit'], number>> = { days: 1, weeks: 7, months: 30, years: 365 };

/** The installment period that days lie in. */
export interface Span {
  readonly from: Day;
  readonly due: Day;
}

/** How a rate per year becomes the factor of some days. */
export interface RateRule {
  /** The factor for the days from one to another, inside an installment period. */
  readonly factor: (ratePerYear: RateText, from: Day, to: Day, period: Span) => Carried;
  /** Whole periods of one kind have the same factor under one rate: a small whole number, where that can be said. */
  readonly kindOf: (from: Day, to: Day) => number | undefined;
  /** The factor of a standard period, which the equal installment is made with: 30 days a month, 7 a week. */
  readonly standard: (ratePerYear: RateText) => Carried;
  /** The rate of so many standard periods, as flat interest asks for it. */
  readonly flat: (ratePerYear: RateText, from: Day, to: Day, installments: number) => Carried;
  /** How these count the days, for those who ask. */
  readonly counted: {
    readonly days: (from: Day, to: Day, period: Span) => CountedPart;
    readonly standard: CountedPart;
    readonly flat: (from: Day, to: Day, installments: number) => CountedPart;
  };
}

export const rateRuleOf = (terms: LoanTerms, seed: Day): RateRule => {
  const { period } = terms.dueDates;
  const seedDay = civilOf(seed).day;
  const isDaily = terms.interest.calculation === 'daily' && !isIcma(terms);
  const yearDays = fixedYearOf(terms);
  const perYear = isDaily ? yearDays : periodsAYear(terms, yearDays);
  const ofUnit = unitRates(perYear);
  const nominal = (from: Day, to: Day): Part => periodsBetween(period.unit, from, to, seedDay);
  const times = (rate: RateText, { numerator, denominator }: Part): Carried =>
    carriedTimes(ofUnit(rate), BigInt(numerator), BigInt(denominator));
  const counting = countingOf(terms, nominal);
  const standard: Part = {
    numerator: period.every * (isDaily ? DAYS_A_PERIOD[period.unit] : 1),
    denominator: 1,
  };
  const flat = (from: Day, to: Day, installments: number): Part => {
    if (isDaily) return { numerator: to - from, denominator: 1 };
    return terms.interest.partialPeriods || isIcma(terms)
      ? nominal(from, to)
      : { numerator: period.every * installments, denominator: 1 };
  };

  return {
    factor: factorOf(counting, times),
    kindOf: kindsIn(terms, seedDay),
    standard: (rate) => times(rate, standard),
    flat: (rate, from, to, installments) => times(rate, flat(from, to, installments)),
    counted: {
      days: (from, to, within) =>
        counting.kind === 'units'
          ? { kind: 'units', part: counting.of(from, to, within), perYear }
          : { kind: 'years', part: counting.of(from, to, within) },
      standard: { kind: 'units', part: standard, perYear },
      flat: (from, to, installments) => ({ kind: 'units', part: flat(from, to, installments), perYear }),
    },
  };
};

/** A rate per year over the days or periods of a year, carried; remembered, for a loan has few rates. */
const unitRates = (perYear: bigint): ((rate: RateText) => Carried) => {
  const known = new Map<RateText, Carried>();
  return (rate) => {
    const found = known.get(rate);
    if (found !== undefined) return found;
    const { numerator, denominator } = parseRate(rate);
    const unit = carried(numerator, denominator * perYear);
    known.set(rate, unit);
    return unit;
  };
};

type Times = (rate: RateText, part: Part) => Carried;
type Nominal = (from: Day, to: Day) => Part;

/** How days count: as units of which a year has a fixed number, or as an exact part of the years they lie in. */
type Counting = { readonly kind: 'units'; readonly of: PartOf } | { readonly kind: 'years'; readonly of: PartOf };
type PartOf = (from: Day, to: Day, period: Span) => Part;

const countingOf = (terms: LoanTerms, nominal: Nominal): Counting => {
  const { dayCount, calculation, partialPeriods, yearLength, yearSplit } = terms.interest;
  const { every, unit } = terms.dueDates.period;
  if (calculation === 'per-period') {
    return { kind: 'units', of: (from, to) => (partialPeriods ? nominal(from, to) : whole(every)) };
  }
  if (dayCount.startsWith('nominal-30') && (unit === 'months' || unit === 'years')) {
    const days = unit === 'months' ? 30 : 360;
    return {
      kind: 'units',
      of: (from, to) => {
        const { numerator, denominator } = nominal(from, to);
        return { numerator: numerator * days, denominator };
      },
    };
  }
  if (isOfThirties(dayCount)) return { kind: 'units', of: (from, to) => whole(countedDays(dayCount, from, to)) };
  if (isIcma(terms)) return { kind: 'units', of: partOfPeriod(every) };
  if (dayCount !== 'act/act-isda' || yearLength === 'fixed-365') {
    return { kind: 'units', of: (from, to) => whole(to - from) };
  }
  const leapYears = yearLength === 'calendar' ? 'actual' : yearLength;
  return { kind: 'years', of: (from, to, period) => loanYearFraction(yearSplit, leapYears, from, to, period) };
};

/** ACT/ACT ICMA: a period is its nominal length, whatever its days, and they are equal parts of it. */
const partOfPeriod =
  (every: number) =>
  (from: Day, to: Day, { due, from: begins }: Span): Part => {
    const [days, length] = [to - from, due - begins];
    return days === length ? whole(every) : { numerator: every * days, denominator: length };
  };

const isIcma = ({ interest: { calculation, dayCount } }: LoanTerms): boolean =>
  calculation === 'daily' && dayCount === 'act/act-icma';

const whole = (numerator: number): Part => ({ numerator, denominator: 1 });

const factorOf = (counting: Counting, times: Times): RateRule['factor'] => {
  if (counting.kind === 'units') {
    const ofUnits = remembered(times);
    return (rate, from, to, period) => ofUnits(rate, counting.of(from, to, period));
  }
  const ofYears = rememberedFractions();
  return (rate, from, to, period) => ofYears(rate, counting.of(from, to, period));
};

/** Every denominator is below this, and every numerator times it a safe integer. */
const DENOMINATORS = 2 ** 18;

/** A rate over fractions of a year, which come again and again. */
const rememberedFractions = (): Times => {
  const known = new Map<RateText, Map<number, Carried>>();
  return (rate, part) => {
    const factors = known.get(rate) ?? new Map<number, Carried>();
    if (factors.size === 0) known.set(rate, factors);
    const key = part.numerator * DENOMINATORS + part.denominator;
    const found = factors.get(key);
    if (found !== undefined) return found;
    const { numerator, denominator } = parseRate(rate);
    const factor = carried(numerator * BigInt(part.numerator), denominator * BigInt(part.denominator));
    factors.set(key, factor);
    return factor;
  };
};

/** The same few numbers of days and periods come again and again. */
const remembered = (times: Times): Times => {
  const known = new Map<RateText, Map<number, Carried>>();
  let latest: { readonly rate: RateText; readonly factors: Map<number, Carried> } | undefined;
  const ofRate = (rate: RateText): Map<number, Carried> => {
    if (latest?.rate === rate) return latest.factors;
    const factors = known.get(rate) ?? new Map<number, Carried>();
    known.set(rate, factors);
    latest = { rate, factors };
    return factors;
  };
  return (rate, part) => {
    if (part.denominator !== 1) return times(rate, part);
    const factors = ofRate(rate);
    const found = factors.get(part.numerator);
    if (found !== undefined) return found;
    const factor = times(rate, part);
    factors.set(part.numerator, factor);
    return factor;
  };
};

/** How days of one kind are told: by their number, or by that and the length of the one year that they are in. */
const kindsIn = (terms: LoanTerms, seedDay: number): RateRule['kindOf'] => {
  const { dayCount, calculation, partialPeriods, yearLength, yearSplit } = terms.interest;
  if (calculation === 'per-period') return partialPeriods ? kindsInPeriods(terms, seedDay) : () => 0;
  if (dayCount.startsWith('nominal-30')) return kindsInPeriods(terms, seedDay);
  if (isOfThirties(dayCount)) return (from, to) => countedDays(dayCount, from, to);
  if (isIcma(terms)) return () => 0;
  if (dayCount !== 'act/act-isda' || yearLength === 'fixed-365') return (from, to) => to - from;
  return yearLength === 'calendar' ? kindsInYears(yearSplit === '31-december' ? 1 : 0) : () => undefined;
};

/** Weeks and days are told by their number; so are months from one seed's day of month to another. */
const kindsInPeriods = ({ dueDates: { period } }: LoanTerms, seedDay: number): RateRule['kindOf'] => {
  if (period.unit === 'days' || period.unit === 'weeks') return (from, to) => to - from;
  if (seedDay > 28) return () => undefined;
  const length = period.unit === 'years' ? 12 : 1;
  let [looked, isOnSeedDay] = [Number.NaN, false];
  return (from, to) => {
    const begins = from === looked ? isOnSeedDay : civilOf(from).day === seedDay;
    looked = to;
    isOnSeedDay = civilOf(to).day === seedDay;
    const months = Math.round((to - from) / MONTH_DAYS);
    return begins && isOnSeedDay && months % length === 0 ? months : undefined;
  };
};

/** A month in the mean of 400 years. */
const MONTH_DAYS = 30.436875;

const kindsInYears = (shift: 0 | 1): RateRule['kindOf'] => {
  let [opens, closes, isLeap, plainThrough] = [0, 0, 0, 0];
  return (from, to) => {
    if (from + shift < opens || from + shift >= closes) {
      const { year } = civilOf(from + shift);
      opens = dayOfCivil(year, 1, 1);
      closes = dayOfCivil(year + 1, 1, 1);
      isLeap = closes - opens - 365;
      // Days in two years of one length count as in one.
      plainThrough = isLeap === 0 && !isLeapYear(year + 1) ? closes + 365 : closes;
    }
    return to + shift <= plainThrough ? 2 * (to - from) + isLeap : undefined;
  };
};

type Thirties = Extract<LoanTerms['interest']['dayCount'], `30${string}`>;
const isOfThirties = (dayCount: LoanTerms['interest']['dayCount']): dayCount is Thirties => dayCount.startsWith('30');

/** The year that days are counted over: 360, 364, or 365 also where it is "actual". */
const fixedYearOf = ({ interest: { dayCount } }: LoanTerms): bigint => {
  if (dayCount.endsWith('/364')) return 364n;
  return isOfThirties(dayCount) || dayCount.endsWith('/360') ? 360n : 365n;
};

const periodsAYear = ({ dueDates, interest }: LoanTerms, yearDays: bigint): bigint =>
  dueDates.period.unit === 'days' && !interest.dayCount.startsWith('act/act')
    ? yearDays
    : PERIODS_A_YEAR[dueDates.period.unit];
