import { assert, divideRounded, type Money, parseMoney, type RateText, type Rounding } from '../kernel';
import type { Schedule } from './terms';

/** How the all-in rate is rounded to its six decimals. */
const ALL_IN_RATE_ROUNDING: Rounding = 'HALF_UP';

const DECIMALS = 6;
/** The largest rate that can be written. What is dearer still is stated as this: no cap allows it anyway. */
const LARGEST = 9_999_999_999n;

/** Binary places of the discount factor, and the step (2⁻⁷⁶) under which it is as good as exact for six decimals. */
const PLACES = 96n;
const ONE = 1n << PLACES;
const CLOSE = 1n << 20n;

/**
 * The effective annual rate of what was received against equally spaced monthly payments: the monthly internal rate of
 * return i with received = Σ paymentₖ/(1+i)ᵏ, compounded: (1+i)¹² − 1. That is the compound method of PBoC announcement
 * [2021] No. 3: all costs of the loan over the principal really at the borrower's disposal. Decimal text with six
 * decimals, rounded half up. Amounts in minor units; together the payments are at least what was received.
 */
export const effectiveAnnualRate = (received: bigint, payments: readonly bigint[]): RateText => {
  const paid = payments.reduce((sum, payment) => sum + payment, 0n);
  assert(received > 0n && paid >= received, 'a loan costs nothing or something, never less');
  const growth = discountFactor(received, payments) ** 12n;
  const millionths = divideRounded((ONE ** 12n - growth) * 10n ** BigInt(DECIMALS), growth, ALL_IN_RATE_ROUNDING);
  const digits = (millionths < LARGEST ? millionths : LARGEST).toString().padStart(DECIMALS + 1, '0');
  return `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
};

/**
 * The all-in annual rate of a schedule: the borrower gets the principal and pays every row's total (interest and fees),
 * one equal month after the other; calendar days do not enter, so the rate is the same on whatever day it is disbursed.
 */
export const allInRate = (principal: Money, schedule: Schedule): RateText => {
  const { currency } = schedule;
  assert(principal.currency === currency, `a principal in ${principal.currency} over a schedule in ${currency}`);
  return effectiveAnnualRate(
    principal.minor,
    schedule.rows.map((row) => parseMoney({ amount: row.total, currency }).minor),
  );
};

/**
 * v = 1/(1+i) with Σ paymentₖ·vᵏ = received, in units of 2⁻⁹⁶. The sum is a rising convex function of v, so Newton's
 * method started right of the root walks down to it and cannot miss; started left, its first step lands on the right.
 * Floating point only makes the guess, which decides how many steps are taken and never what they lead to.
 */
const discountFactor = (received: bigint, payments: readonly bigint[]): bigint => {
  let v = guess(Number(received), payments.map(Number));
  for (;;) {
    const { value, slope } = presentValue(payments, v);
    const step = ((value - (received << PLACES)) << PLACES) / slope;
    v -= step;
    if (step <= CLOSE && step >= -CLOSE) return v < ONE ? v : ONE;
  }
};

/** Σ paymentₖ·vᵏ and its slope in v, both in units of 2⁻⁹⁶ (Horner's scheme). */
const presentValue = (payments: readonly bigint[], v: bigint): { readonly value: bigint; readonly slope: bigint } => {
  let value = 0n;
  let slope = 0n;
  for (let k = payments.length - 1; k >= 0; k--) {
    value += (payments[k] ?? 0n) << PLACES;
    slope = ((slope * v) >> PLACES) + value;
    value = (value * v) >> PLACES;
  }
  return { value, slope };
};

/** The same root by the same method in floating point, from v = 1; good to some fifteen digits. */
const guess = (received: number, payments: readonly number[]): bigint => {
  let v = 1;
  for (let round = 0; round < 1000; round++) {
    let value = 0;
    let slope = 0;
    for (let k = payments.length - 1; k >= 0; k--) {
      value += payments[k] ?? 0;
      slope = slope * v + value;
      value *= v;
    }
    const step = (value - received) / slope;
    v -= step;
    if (step < 1e-15) break;
  }
  return BigInt(Math.round(v * 2 ** 52)) << (PLACES - 52n);
};
