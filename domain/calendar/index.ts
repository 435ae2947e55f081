export {
  actualYearFraction,
  containsFebruary29,
  type DayPeriod,
  type LeapYears,
  leapYearsSchema,
  loanYearFraction,
  loanYearLength,
  splitDays,
  type YearSplit,
  yearSplitSchema,
} from './actual-year';
export { type Adjustment, adjustDay, adjustmentSchema } from './adjust';
export {
  addMonthsTo,
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
export {
  type DueDatePlan,
  dueDays,
  type MonthEnd,
  monthEndSchema,
  type Rhythm,
  rhythmSchema,
  stepFrom,
} from './due-dates';
export {
  type BusinessCalendar,
  businessCalendar,
  CALENDAR_IDS,
  type CalendarData,
  calendarDataSchema,
  compileCalendar,
} from './holidays';
export type { NominalPeriods } from './nominal-periods';
export type { YearFraction } from './year-fraction';
