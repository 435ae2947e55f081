import { divideRounded } from '../../kernel';
import type { AmountRules } from './amounts';
import { type Carried, fractionOf } from './carried';

/**
 * The installment that repays a principal in so many periods of the same rate, and leaves `rest` to be repaid beside
 * the last: (P − rest)·r·(1+r)ⁿ ÷ ((1+r)ⁿ − 1) + rest·r; P ÷ n at no interest. Rounded once: to the multiple the terms
 * ask for (where that would leave nothing, not to it), or else to an amount.
 */
export const equalInstallment = (
  principal: bigint,
  rate: Carried,
  periods: number,
  rules: AmountRules,
  rest = 0n,
): bigint => {
  const { installmentMultiple: multiple, unit } = rules;
  if (multiple !== undefined) {
    const rounded = toNearest(principal, rate, periods, multiple, rules, rest);
    if (rounded > 0n) return rounded;
  }
  return toNearest(principal, rate, periods, unit, rules, rest);
};

/** Doubles hold every whole number up to here. */
const EXACT = 2n ** 53n;

const toNearest = (
  principal: bigint,
  rate: Carried,
  periods: number,
  step: bigint,
  { rounding }: AmountRules,
  rest: bigint,
): bigint => {
  const isNearest = rounding === 'HALF_EVEN' || rounding === 'HALF_UP';
  if (isNearest && rest <= principal && rate.digits > 0n && principal > 0n && principal < EXACT && step < EXACT) {
    const quick = inDoubles(principal - rest, rest, rate.near, periods, step);
    if (quick !== undefined) return quick;
  }
  const { numerator, denominator } = exactInstallment(principal, rate, periods, rest);
  return divideRounded(numerator, denominator * step, rounding) * step;
};

/**
 * Every operation here is off by at most one unit in the last place, and none of them makes an error in its input
 * larger: the result is within 2^-48 of itself. Undefined where that is not enough to round by.
 */
const inDoubles = (repaid: bigint, rest: bigint, rate: number, periods: number, step: bigint): bigint | undefined => {
  const installment = (Number(repaid) * rate) / -Math.expm1(-periods * Math.log1p(rate)) + Number(rest) * rate;
  const steps = installment / Number(step);
  const nearest = Math.round(steps);
  if (steps >= 2 ** 46 || 0.5 - Math.abs(steps - nearest) <= steps * 2 ** -48) return undefined;
  return BigInt(nearest) * step;
};

/** The same as an exact fraction, before it is rounded. */
export const exactInstallment = (principal: bigint, rate: Carried, periods: number, rest: bigint) => {
  if (rate.digits === 0n) return { numerator: principal - rest, denominator: BigInt(periods) };
  const { numerator: a, denominator: b } = fractionOf(rate);
  const grown = (a + b) ** BigInt(periods);
  const one = b ** BigInt(periods);
  return { numerator: a * ((principal - rest) * grown + rest * (grown - one)), denominator: b * (grown - one) };
};
