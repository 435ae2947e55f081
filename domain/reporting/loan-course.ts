import type { Currency, MoneyText } from '../kernel';
import { addDays, addMonths, type BusinessDate, businessDate, formatMoney, moneyOf } from '../kernel';
import type { ArrearsBucket } from '../loan';

/** A month of the calendar, "2026-03". */
export type Month = string;

/** What can be earned of a loan besides its principal. */
export const EARNINGS = ['interest', 'fee', 'penalty', 'recovery'] as const;
export type Earning = (typeof EARNINGS)[number];

/** Decimal texts in the loan's currency. */
export type Earned = Readonly<Record<Earning, string>>;

/** What a loan was in the books at the end of a month, and what that month did to it. Decimal texts. */
export interface CourseMonth {
  readonly month: Month;
  readonly bucket: ArrearsBucket;
  /** In arrears since, where it is. */
  readonly pastDueSince?: BusinessDate;
  /** Principal receivable at the end. */
  readonly principal: string;
  /** Paid out in the month. */
  readonly lent: string;
  /** Charged off and written off in the month, less what was taken back of that. */
  readonly lost: string;
  /** Booked as income. */
  readonly booked: Earned;
  /** Paid in cash. */
  readonly paid: Earned;
}

/** A loan through the months in which something happened to it, oldest first; between them it stayed as it was. */
export interface LoanCourse {
  readonly id: string;
  readonly productId: string;
  readonly currency: Currency;
  readonly months: readonly CourseMonth[];
}

/** How a loan stood at the end of a month; undefined before anything had happened to it. */
export const standingAt = ({ months }: LoanCourse, month: Month): CourseMonth | undefined =>
  months.findLast((each) => each.month <= month);

/** The month of lending. */
export const vintageOf = ({ months }: LoanCourse): Month | undefined =>
  months.find(({ lent }) => /[1-9]/.test(lent))?.month;

export const monthOf = (date: string): Month => date.slice(0, 7);

const firstDayOf = (month: Month): BusinessDate => businessDate(`${month}-01`);

export const lastDayOf = (month: Month): BusinessDate => addDays(addMonths(firstDayOf(month), 1), -1);

export const monthAfter = (month: Month, months = 1): Month => monthOf(addMonths(firstDayOf(month), months));

/** Every month from one to another, both included. */
export const monthsFrom = (from: Month, to: Month): readonly Month[] => {
  const months: Month[] = [];
  for (let month = from; month <= to; month = monthAfter(month)) months.push(month);
  return months;
};

export const minorText = (minor: bigint, currency: Currency): MoneyText => formatMoney(moneyOf(minor, currency));

/** A share of a whole in basis points, rounded down; 0 of nothing. */
export const basisPoints = (part: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number((part * 10_000n) / whole);
