import { assert, type BusinessDate, daysBetween, type Money, parseRate, scaleMoney } from '../kernel';
import { monthlyRate } from './annuity';
import type { Installment, Terms } from './terms';

/** The days that an installment covers: interest counts from the day after `from` up to and with `due`. */
export type Period = Pick<Installment, 'n' | 'from' | 'due'>;

/** Interest of one whole period: balance × rate × 30/360, whatever the month's length; rounded as the terms name it. */
export const periodInterest = (terms: Terms, balance: Money): Money => {
  const { numerator, denominator } = monthlyRate(terms.interest.ratePerYear);
  return scaleMoney(balance, numerator, denominator, terms.rounding);
};

/**
 * Interest on a balance that stood from one day to another inside a period. A whole period is 30/360 of the year's
 * rate, and a part of it counts by its actual days over the actual days of the period, so that interest up to the due
 * date is exactly the period's, also where a due date was clipped at a month's end. (Plain 30/360 between calendar
 * days would make a period from 31 January to 28 February 28 days long.) Rounded as the terms name it.
 */
export const accruedInterest = (
  terms: Terms,
  balance: Money,
  from: BusinessDate,
  to: BusinessDate,
  within: Pick<Period, 'from' | 'due'>,
): Money => {
  assert(within.from <= from && from <= to && to <= within.due, `${from}…${to} is not inside the period`);
  const { numerator, denominator } = monthlyRate(terms.interest.ratePerYear);
  const days = BigInt(daysBetween(from, to));
  const periodDays = BigInt(daysBetween(within.from, within.due));
  return scaleMoney(balance, numerator * days, denominator * periodDays, terms.rounding);
};

/** Simple penalty interest on an overdue base for so many days: base × rate × days/365 (ACT/365), rounded as named. */
export const penaltyInterest = (terms: Terms, base: Money, days: number): Money => {
  assert(Number.isInteger(days) && days >= 0, `${days} days of penalty`);
  const { numerator, denominator } = parseRate(terms.penalty.ratePerYear);
  return scaleMoney(base, numerator * BigInt(days), denominator * 365n, terms.rounding);
};
