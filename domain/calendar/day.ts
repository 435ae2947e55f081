/**
 * Days as the loan engine works on them: whole days since 1970-01-01, plain numbers. A `BusinessDate` text is read
 * once on the way in and written once on the way out. The arithmetic lives in the kernel; this is its face.
 */
export {
  addMonthsTo,
  civilOf,
  type Day,
  dayOfCivil,
  daysInMonth,
  daysInYear,
  epochDay as dayOf,
  fromEpochDay as dateOf,
  isLeapYear,
  isMonthEnd,
  weekdayOf,
} from '../kernel';
