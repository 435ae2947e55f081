import * as kernel from '../kernel';

/**
 * Days as the loan engine works on them: whole days since 1970-01-01, plain numbers. A `BusinessDate` text is read
 * once on the way in and written once on the way out. The arithmetic is the kernel's; it is bound here once, because
 * a name that is re-exported is looked up again at every call (12 ns of it, for work of 3 to 20 ns).
 */
export type Day = kernel.Day;

/** The day of a date. @throws InvariantError when there is no such day. */
export const dayOf = kernel.epochDay;
/** The date of a day. @throws InvariantError outside the years 0000 to 9999. */
export const dateOf = kernel.fromEpochDay;
export const civilOf = kernel.civilOf;
export const dayOfCivil = kernel.dayOfCivil;
export const isLeapYear = kernel.isLeapYear;
export const daysInYear = kernel.daysInYear;
export const daysInMonth = kernel.daysInMonth;
export const weekdayOf = kernel.weekdayOf;
export const isMonthEnd = kernel.isMonthEnd;
/** Months on from a day, clipped to the month's end; count them from the seed every time, never chain them. */
export const addMonthsTo = kernel.addMonthsTo;
