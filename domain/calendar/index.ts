export {
  actualYearFraction,
  containsFebruary29,
  type DayPeriod,
  type LeapYears,
  leapYearsSchema,
  loanYearFraction,
  loanYearLength,
  type SplitDays,
  splitDays,
  type YearSplit,
  yearSplitSchema,
} from './actual-year';
export {
  addMonthsTo,
  type CivilDay,
  civilOf,
  type Day,
  dateOf,
  dayOf,
  dayOfCivil,
  daysInMonth,
  daysInYear,
  isLeapYear,
  isMonthEnd,
  weekdayOf,
} from './day';
export {
  countedDays,
  DAY_COUNTS,
  type DayCount,
  type DayCountContext,
  dayCountSchema,
  yearFraction,
} from './day-count';
export type { NominalPeriod, NominalPeriods } from './nominal-periods';
export type { YearFraction } from './year-fraction';
