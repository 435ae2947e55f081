export {
  actualYearFraction,
  containsFebruary29,
  type LeapYears,
  loanYearFraction,
  loanYearLength,
  splitDays,
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
  businessCalendar,
  CALENDAR_IDS,
  type CalendarData,
  calendarDataSchema,
  compileCalendar,
} from './holidays';
export type { NominalPeriods } from './nominal-periods';
