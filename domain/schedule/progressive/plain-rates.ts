import { civilOf, dayOfCivil, daysInYear } from '../../calendar';
import type { LoanDayCount, LoanTerms } from '../loan-terms';
import type { LoanAgreement } from '../replay';
import { nearestDouble } from './model/amounts';
import { type MoneyRules, roundedAmount } from './model/money-rules';
import { nominalUnits, regular } from './model/nominal-units';
import { over, times, whole } from './model/precision';
import { ratesOf } from './model/rates';
import {
  countsNominally,
  exactFactorOf,
  factorOf,
  type Stretch,
  type YearShare,
  yearShareOf,
} from './model/year-share';

/** Rates of a loan's periods as doubles, and its interest digit by digit where those will not do. */
export interface Rates {
  readonly interest: Float64Array;
  readonly installment: Float64Array;
  readonly exactly: (index: number, balance: number) => number;
}

/** The rate of each period, and that which the installment is worked out with: another where periods are broken. */
export const periodRates = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  money: MoneyRules,
  stretches: readonly Stretch[],
): Rates => {
  const [rate] = ratesOf(terms);
  if (rate === undefined) throw new RangeError('a loan has a rate');
  const inStep = isInStep(terms, agreement);
  const isBroken = countsNominally(terms) && !inStep;
  const units = regular(terms.dueDates.period);
  const seed = stretches[0]?.from ?? 0;
  const shareOf = (stretch: Stretch): YearShare =>
    yearShareOf(
      terms,
      stretch,
      stretch.from,
      stretch.due,
      isBroken ? nominalUnits(terms.dueDates, seed, stretch) : units,
    );
  const interest = new Float64Array(stretches.length);
  fill(interest, terms, rate.approximate, stretches, shareOf, inStep);
  const installment = isBroken ? new Float64Array(stretches.length) : interest;
  if (isBroken) {
    for (const [index, stretch] of stretches.entries()) {
      installment[index] = factorOf(rate.approximate, yearShareOf(terms, stretch, stretch.from, stretch.due, units));
    }
  }
  const exactly = (index: number, balance: number): number => {
    const stretch = stretches[index] ?? NOWHERE;
    const days = whole(stretch.due - stretch.from);
    const untilDue = times(whole(balance), exactFactorOf(rate.perYear, shareOf(stretch)));
    return nearestDouble(roundedAmount(money, times(over(untilDue, days), days)));
  };
  return { interest, installment, exactly };
};

const NOWHERE: Stretch = { from: 0, due: 0 };

const fill = (
  factors: Float64Array,
  terms: LoanTerms,
  rate: number,
  stretches: readonly Stretch[],
  shareOf: (stretch: Stretch) => YearShare,
  inStep: boolean,
): void => {
  const [first] = stretches;
  if (first === undefined) return;
  if (inStep && isSteady(terms, first)) {
    factors.fill(factorOf(rate, shareOf(first)));
    return;
  }
  const yearDays = fixedYear(terms);
  const years = yearDays === undefined ? calendarYears(terms, inStep) : undefined;
  for (let index = 0; index < stretches.length; index += 1) {
    const stretch = stretches[index] ?? NOWHERE;
    factors[index] =
      yearDays === undefined
        ? (years?.(rate, stretch) ?? factorOf(rate, shareOf(stretch)))
        : (rate * (stretch.due - stretch.from)) / yearDays;
  }
};

/** Every due date is counted from the first day: no period is longer or shorter than its nominal length. */
const isInStep = (
  { dueDates: { monthEnd, calendar } }: LoanTerms,
  { firstDueOn, fixedLengthDays }: LoanAgreement,
): boolean =>
  monthEnd === 'clip' && calendar.name === undefined && firstDueOn === undefined && fixedLengthDays === undefined;

/** The same share of a year in each regular period: by its nominal length, or months of thirty days without ends. */
const isSteady = ({ interest, dueDates: { period } }: LoanTerms, { from }: Stretch): boolean => {
  if (interest.calculation === 'per-period' && period.unit !== 'days') return true;
  switch (interest.dayCount) {
    case 'nominal-30/360':
    case 'nominal-30/364':
    case 'nominal-30/365':
    case 'act/act-icma':
      return true;
    case '30/360-bond':
    case '30/360-us':
    case '30e/360':
    case '30e/360-isda':
      // Up to the 27th no reading takes the day for a month's end.
      return (period.unit === 'months' || period.unit === 'years') && civilOf(from).day <= 27;
    default:
      return false;
  }
};

const FIXED_YEARS: Readonly<Partial<Record<LoanDayCount, number>>> = {
  'act/360': 360,
  'act/364': 364,
  'act/365f': 365,
};

/** Actual days over a year of so many: what needs no looking at the calendar. */
const fixedYear = ({ interest, dueDates }: LoanTerms): number | undefined => {
  if (interest.calculation === 'per-period' && dueDates.period.unit !== 'days') return undefined;
  if (interest.dayCount === 'act/act-isda' && interest.yearLength === 'fixed-365') return 365;
  return FIXED_YEARS[interest.dayCount];
};

const NOMINAL_DAYS = { days: 1, weeks: 7, months: 30, years: 360 } as const;

/** The rate of a stretch inside one calendar year, looked up once a year; undefined for one that runs over its end. */
const calendarYears = (
  { interest, dueDates: { period } }: LoanTerms,
  inStep: boolean,
): ((rate: number, stretch: Stretch) => number | undefined) | undefined => {
  const isNominal = interest.dayCount === 'nominal-30/act' && inStep;
  if (interest.yearLength !== 'calendar' || !(isNominal || interest.dayCount === 'act/act-isda')) return undefined;
  if (interest.calculation === 'per-period' && period.unit !== 'days') return undefined;
  const shift = interest.yearSplit === '31-december' ? 1 : 0;
  const nominal = NOMINAL_DAYS[period.unit] * period.every;
  let [closes, yearDays] = [Number.NEGATIVE_INFINITY, 365];
  return (rate, { from, due }) => {
    if (from + shift >= closes) {
      const { year } = civilOf(from + shift);
      closes = dayOfCivil(year + 1, 1, 1);
      yearDays = daysInYear(year);
    }
    if (due + shift >= closes) return undefined;
    return (rate * (isNominal ? nominal : due - from)) / yearDays;
  };
};
