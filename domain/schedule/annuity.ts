import { assert, divideRounded, parseRate, type Rate, type RateText, type Rounding } from '../kernel';

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large;
};

/** The rate of one month under 30/360 (30/360 = 1/12 of the year's), as an exact fraction in lowest terms. */
export const monthlyRate = (ratePerYear: RateText): Rate => {
  const { numerator, denominator } = parseRate(ratePerYear);
  const divisor = greatestCommonDivisor(numerator, denominator * 12n);
  return { numerator: numerator / divisor, denominator: (denominator * 12n) / divisor };
};

/**
 * The equal installment (EMI) that repays a principal in so many months: P·r·(1+r)ⁿ / ((1+r)ⁿ − 1), P/n at no interest.
 * With r = a/b this is P·a·(a+b)ⁿ / (b·((a+b)ⁿ − bⁿ)) in whole numbers, so the one rounding is the only one.
 * All amounts in minor units.
 */
export const equalInstallment = (principal: bigint, monthly: Rate, months: number, rounding: Rounding): bigint => {
  assert(Number.isInteger(months) && months >= 1, `a term of ${months} months`);
  const { numerator: a, denominator: b } = monthly;
  if (a === 0n) return divideRounded(principal, BigInt(months), rounding);
  const grown = (a + b) ** BigInt(months);
  return divideRounded(principal * a * grown, b * (grown - b ** BigInt(months)), rounding);
};
