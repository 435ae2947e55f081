import { civilOf, type Day, dayOfCivil, daysInYear, isLeapYear } from '../../../calendar';
import type { LoanDayCount, LoanTerms } from '../../loan-terms';
import type { LoanAgreement } from '../../replay';
import { nearestDouble } from '../model/amounts';
import { type MoneyRules, roundedAmount } from '../model/money-rules';
import { nominalUnits, regular } from '../model/nominal-units';
import { over, times, whole } from '../model/precision';
import { rateOn, ratesOf } from '../model/rates';
import {
  countsNominally,
  exactFactorOf,
  factorOf,
  type Stretch,
  type YearShare,
  yearShareOf,
} from '../model/year-share';

/** Rates of a loan's periods as doubles, and its interest digit by digit where those will not do. */
export interface Rates {
  /** Of each period's own days. Relative error below 13 × 2^−53. */
  readonly interest: Float64Array;
  /** That which the installment is worked out with: another where periods are broken or have grace. */
  readonly installment: Float64Array;
  readonly exactly: (index: number, balance: number) => number;
}

export const periodRates = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  money: MoneyRules,
  stretches: readonly Stretch[],
): Rates => {
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
  const rates = ratesOf(terms);
  const interest = new Float64Array(stretches.length);
  fillShares(interest, terms, stretches, shareOf, inStep);
  charge(interest, terms, rates, stretches);
  const installment =
    isBroken || terms.grace.interest > 0 || terms.amortization.kind === 'bullet' ? interest.slice() : interest;
  if (isBroken) {
    for (const [index, stretch] of stretches.entries()) {
      installment[index] = factorOf(1, yearShareOf(terms, stretch, stretch.from, stretch.due, units));
    }
    charge(installment, terms, rates, stretches);
  }
  if (installment !== interest) installment.fill(0, 0, interestGraceOf(terms, stretches.length));
  const exactly = (index: number, balance: number): number => {
    const stretch = stretches[index] ?? NOWHERE;
    const days = whole(stretch.due - stretch.from);
    const perYear = rateOn(rates, stretch.from).perYear;
    const untilDue = times(whole(balance), exactFactorOf(perYear, shareOf(stretch)));
    return nearestDouble(roundedAmount(money, times(over(untilDue, days), days)));
  };
  return { interest, installment, exactly };
};

/** How many of the first installments ask for no interest. The last one always asks for all there is. */
export const interestGraceOf = ({ amortization, grace }: LoanTerms, installments: number): number =>
  amortization.kind === 'bullet' ? installments - 1 : Math.min(grace.interest, installments - 1);

const NOWHERE: Stretch = { from: 0, due: 0 };

/** Shares of a year become rates, none for periods that are free of interest. */
const charge = (
  shares: Float64Array,
  { grace, rate }: LoanTerms,
  rates: ReturnType<typeof ratesOf>,
  stretches: readonly Stretch[],
): void => {
  const free = Math.min(grace.interestFree, shares.length);
  shares.fill(0, 0, free);
  const single = rate.kind === 'fixed' ? rates[0]?.approximate : undefined;
  for (let index = free; index < shares.length; index += 1) {
    const perYear = single ?? rateOn(rates, stretches[index]?.from ?? 0).approximate;
    shares[index] = perYear * (shares[index] ?? 0);
  }
};

const fillShares = (
  shares: Float64Array,
  terms: LoanTerms,
  stretches: readonly Stretch[],
  shareOf: (stretch: Stretch) => YearShare,
  inStep: boolean,
): void => {
  const [first] = stretches;
  if (first === undefined) return;
  if (inStep && isSteady(terms, first)) {
    shares.fill(factorOf(1, shareOf(first)));
    return;
  }
  const yearDays = fixedYear(terms);
  const years = yearDays === undefined ? calendarYears(terms, inStep) : undefined;
  for (let index = 0; index < stretches.length; index += 1) {
    const stretch = stretches[index] ?? NOWHERE;
    shares[index] =
      yearDays === undefined
        ? (years?.(stretch) ?? factorOf(1, shareOf(stretch)))
        : (stretch.due - stretch.from) / yearDays;
  }
};

/** Every due date is counted from the first day: no period is longer or shorter than its nominal length. */
const isInStep = ({ dueDates: { calendar } }: LoanTerms, { firstDueOn, fixedLengthDays }: LoanAgreement): boolean =>
  calendar.name === undefined && firstDueOn === undefined && fixedLengthDays === undefined;

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

/** The share of a stretch in one year whose length is plain, looked up once a year; undefined for any other. */
const calendarYears = (
  { interest, dueDates: { period } }: LoanTerms,
  inStep: boolean,
): ((stretch: Stretch) => number | undefined) | undefined => {
  const isNominal = interest.dayCount === 'nominal-30/act' && inStep;
  if (!(isNominal || interest.dayCount === 'act/act-isda')) return undefined;
  if (interest.calculation === 'per-period' && period.unit !== 'days') return undefined;
  const nominal = NOMINAL_DAYS[period.unit] * period.every;
  switch (interest.yearLength) {
    case 'calendar':
      return inOneYear(interest.yearSplit === '31-december' ? 1 : 0, isNominal ? nominal : undefined);
    case 'february-29-periods':
      return withoutFebruary29(isNominal ? nominal : undefined);
    case 'fixed-365':
      return isNominal ? () => nominal / 365 : undefined;
  }
};

type ShareOf = (stretch: Stretch) => number | undefined;

const inOneYear = (shift: 0 | 1, nominal: number | undefined): ShareOf => {
  let [closes, yearDays] = [Number.NEGATIVE_INFINITY, 365];
  return ({ from, due }) => {
    if (from + shift >= closes) {
      const { year } = civilOf(from + shift);
      closes = dayOfCivil(year + 1, 1, 1);
      yearDays = daysInYear(year);
    }
    return due + shift >= closes ? undefined : (nominal ?? due - from) / yearDays;
  };
};

/** A year has 365 days for every stretch without a 29 February. */
const withoutFebruary29 = (nominal: number | undefined): ShareOf => {
  let leapDay = Number.NEGATIVE_INFINITY;
  return ({ from, due }) => {
    if (from >= leapDay) leapDay = february29After(from);
    return leapDay <= due ? undefined : (nominal ?? due - from) / 365;
  };
};

const february29After = (day: Day): Day => {
  for (let { year } = civilOf(day); ; year += 1) {
    const leapDay = isLeapYear(year) ? dayOfCivil(year, 2, 29) : day;
    if (leapDay > day) return leapDay;
  }
};
