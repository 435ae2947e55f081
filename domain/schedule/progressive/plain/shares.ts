import { civilOf, type Day, dayOfCivil, daysInYear, isLeapYear } from '../../../calendar';
import { doubles } from '../../doubles';
import type { LoanDayCount, LoanTerms } from '../../loan-terms';
import type { LoanAgreement } from '../../replay';
import { factorOf, type Stretch, type YearShare } from '../model/year-share';

/** The days of a plan: each period runs from the due date before, the first from the start. */
export interface PlainDates {
  readonly start: Day;
  readonly dues: readonly Day[];
}

export const stretchAt = ({ start, dues }: PlainDates, index: number): Stretch => ({
  from: index === 0 ? start : (dues[index - 1] ?? start),
  due: dues[index] ?? start,
});

/** Every due date is counted from the first day: no period is longer or shorter than its nominal length. */
export const isInStep = (
  { dueDates: { calendar } }: LoanTerms,
  { firstDueOn, fixedLengthDays }: LoanAgreement,
): boolean => calendar.name === undefined && firstDueOn === undefined && fixedLengthDays === undefined;

/**
 * The share of a year of each period, near enough (see `factorOf`): looked up once for all that are alike. `shareOf`
 * says it of any.
 */
export const sharesOf = (
  terms: LoanTerms,
  dates: PlainDates,
  inStep: boolean,
  shareOf: (stretch: Stretch) => YearShare,
): number[] => {
  const { start, dues } = dates;
  const shares = doubles(dues.length);
  if (inStep && isSteady(terms, start)) return shares.fill(factorOf(1, shareOf(stretchAt(dates, 0))));
  const yearDays = fixedYear(terms);
  const near = yearDays === undefined ? calendarYears(terms, inStep) : undefined;
  let from = start;
  for (let index = 0; index < dues.length; index += 1) {
    const due = dues[index] ?? from;
    shares[index] =
      yearDays === undefined ? (near?.(from, due) ?? factorOf(1, shareOf({ from, due }))) : (due - from) / yearDays;
    from = due;
  }
  return shares;
};

/** The same share of a year in each regular period: by its nominal length, or months of thirty days without ends. */
export const isSteady = ({ interest, dueDates: { period } }: LoanTerms, start: Day): boolean => {
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
      return (period.unit === 'months' || period.unit === 'years') && civilOf(start).day <= 27;
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

type ShareOf = (from: Day, due: Day) => number | undefined;

/** The share of days in years whose length is plain, looked up once a year; undefined for any other. */
const calendarYears = ({ interest, dueDates: { period } }: LoanTerms, inStep: boolean): ShareOf | undefined => {
  const isNominal = interest.dayCount === 'nominal-30/act' && inStep;
  if (!(isNominal || interest.dayCount === 'act/act-isda')) return undefined;
  if (interest.calculation === 'per-period' && period.unit !== 'days') return undefined;
  const nominal = isNominal ? NOMINAL_DAYS[period.unit] * period.every : undefined;
  switch (interest.yearLength) {
    case 'calendar':
      return inCalendarYears(interest.yearSplit === '31-december' ? 1 : 0, nominal);
    case 'february-29-periods':
      return withoutFebruary29(nominal);
    case 'fixed-365':
      return nominal === undefined ? undefined : () => nominal / 365;
  }
};

/** Days in one year, or in two: those of years of one length count as one, and only they have a nominal number. */
const inCalendarYears = (shift: 0 | 1, nominal: number | undefined): ShareOf => {
  let [year, closes, yearDays] = [0, Number.NEGATIVE_INFINITY, 365];
  return (from, due) => {
    if (from + shift >= closes) {
      year = civilOf(from + shift).year;
      closes = dayOfCivil(year + 1, 1, 1);
      yearDays = daysInYear(year);
    }
    const beyond = due + shift - closes;
    if (beyond <= 0) return (nominal ?? due - from) / yearDays;
    const nextDays = daysInYear(year + 1);
    if (beyond > nextDays) return undefined;
    if (nextDays === yearDays) return (nominal ?? due - from) / yearDays;
    return (due - from - beyond) / yearDays + beyond / nextDays;
  };
};

/** A year has 365 days for every stretch without a 29 February. */
const withoutFebruary29 = (nominal: number | undefined): ShareOf => {
  let leapDay = Number.NEGATIVE_INFINITY;
  return (from, due) => {
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
