import Decimal from 'decimal.js';
import { unreachable } from '../../kernel';
import type { CashFlow } from './cash-flows';
import type { Equation } from './equation';
import { type Fraction, reduced } from './fraction';

const Exact = Decimal.clone({ precision: 64, rounding: Decimal.ROUND_HALF_EVEN, toExpNeg: -9e15, toExpPos: 9e15 });

/** Sixteen digits of margin for the roundings on the way; what is nearer to zero than this is zero. */
const ZERO_SHARE = new Exact('1e-48');

const fractionOf = ({ numerator, denominator }: Fraction): Decimal => new Exact(numerator).div(denominator);

/**
 * Which side weighs more at an annual rate given as so many units of 10^−decimals: 1 when more was lent than is paid
 * back (by what it is worth at time zero), −1 when less, 0 when they are the same. In 64-digit decimals: slow, and
 * asked only where floating point cannot tell. Undefined at −100 % a period or below, where nothing has a worth.
 */
export const exactBalance = (
  equation: Equation,
  flows: readonly CashFlow[],
  units: bigint,
  decimals: number,
): -1 | 0 | 1 | undefined => {
  const rate = new Exact(units.toString()).div(new Exact(10).pow(decimals));
  const weigh = weighing(equation, rate);
  if (weigh === undefined) return undefined;
  let [balance, size] = [new Exact(0), new Exact(0)];
  for (const flow of flows) {
    const now = new Exact(flow.cash.toString()).mul(weigh(flow));
    balance = balance.plus(now);
    size = size.plus(now.abs());
  }
  if (balance.abs().lte(size.mul(ZERO_SHARE))) return 0;
  return balance.gt(0) ? 1 : -1;
};

type Weighing = (flow: CashFlow) => Decimal;

/** What one unit of money at a flow's time is worth at time zero. */
const weighing = ({ kind, perYear }: Equation, rate: Decimal): Weighing | undefined => {
  switch (kind) {
    case 'actuarial': {
      const perPeriod = rate.div(fractionOf(perYear));
      const growth = perPeriod.plus(1);
      if (growth.lte(0)) return undefined;
      return ({ whole, part }) => growth.pow(-whole).div(perPeriod.mul(fractionOf(part)).plus(1));
    }
    case 'effective': {
      const growth = rate.plus(1);
      if (growth.lte(0)) return undefined;
      const oneBack = growth.pow(fractionOf({ numerator: perYear.denominator, denominator: perYear.numerator }).neg());
      const parts = new Map<string, Decimal>();
      return ({ whole, part }) => {
        const { numerator, denominator } = reduced(part.numerator, part.denominator);
        const key = `${numerator}/${denominator}`;
        const overPart = parts.get(key) ?? oneBack.pow(new Exact(numerator).div(denominator));
        parts.set(key, overPart);
        return oneBack.pow(whole).mul(overPart);
      };
    }
    default:
      return unreachable(kind);
  }
};
