import { unreachable } from '../../kernel';
import type { Timeline } from './cash-flows';
import { type Fraction, quotientOf } from './fraction';

/**
 * How a rate i per period discounts money t whole periods and a part f of one away, and what i is in a year.
 * 'actuarial': 1/((1+f·i)(1+i)^t), and i × periods per year (12 CFR 1026 Appendix J (b)(8), and the simple method of
 * PBoC [2021] No. 3). 'effective': (1+i)^−(t+f), and (1+i)^(periods per year) − 1 (Directive 2008/48/EC Annex I and
 * (EU) 2023/2225 Annex III, and the compound method of PBoC [2021] No. 3).
 */
export interface Equation {
  readonly kind: 'actuarial' | 'effective';
  readonly perYear: Fraction;
}

/** What both sides are worth at time zero, and both with each flow weighted by its part in the slope (−dD/di ÷ D). */
export interface Worth {
  readonly lent: number;
  readonly paid: number;
  readonly lentSlope: number;
  readonly paidSlope: number;
}

/** The annual rate at a logarithmic growth s = ln(1+i) per period, in which the search is nearly a straight line. */
export const annualRateAt = ({ kind, perYear }: Equation, growth: number): number => {
  switch (kind) {
    case 'actuarial':
      return Math.expm1(growth) * quotientOf(perYear);
    case 'effective':
      return Math.expm1(growth * quotientOf(perYear));
    default:
      return unreachable(kind);
  }
};

/** The logarithmic growth per period of an annual rate: minus infinity or not a number at −100 % a period or below. */
export const growthAt = ({ kind, perYear }: Equation, rate: number): number => {
  switch (kind) {
    case 'actuarial':
      return Math.log1p(rate / quotientOf(perYear));
    case 'effective':
      return Math.log1p(rate) / quotientOf(perYear);
    default:
      return unreachable(kind);
  }
};

/** Both sides at a growth, in floating point. */
export const worthAt = ({ kind }: Equation, timeline: Timeline, growth: number): Worth =>
  kind === 'actuarial' && timeline.hasParts ? withParts(timeline, growth) : compounded(timeline, growth);

/** (1+i)^−time for whole times, and for all times where compounding runs through parts of periods. */
const compounded = ({ cash, gap, whole, part }: Timeline, growth: number): Worth => {
  const [sums, perFlow] = [emptyWorth(), Math.exp(-growth)];
  let [discount, factor, factorGap] = [1, 1, 0];
  for (let index = 0; index < cash.length; index += 1) {
    const step = gap[index] ?? 0;
    if (step !== factorGap) {
      factor = Math.exp(-growth * step);
      factorGap = step;
    }
    if (step !== 0) discount *= factor;
    const now = (cash[index] ?? 0) * discount;
    book(sums, now, ((whole[index] ?? 0) + (part[index] ?? 0)) * perFlow);
  }
  return sums;
};

/** 1/((1+f·i)(1+i)^t). */
const withParts = ({ cash, wholeGap, whole, part }: Timeline, growth: number): Worth => {
  const sums = emptyWorth();
  const [rate, perFlow] = [Math.expm1(growth), Math.exp(-growth)];
  let [discount, factor, factorGap] = [1, 1, 0];
  for (let index = 0; index < cash.length; index += 1) {
    const step = wholeGap[index] ?? 0;
    if (step !== factorGap) {
      factor = Math.exp(-growth * step);
      factorGap = step;
    }
    if (step !== 0) discount *= factor;
    const stub = part[index] ?? 0;
    const overPart = 1 + stub * rate;
    const now = ((cash[index] ?? 0) * discount) / overPart;
    book(sums, now, (whole[index] ?? 0) * perFlow + stub / overPart);
  }
  return sums;
};

type Sums = { -readonly [Side in keyof Worth]: number };

const emptyWorth = (): Sums => ({ lent: 0, paid: 0, lentSlope: 0, paidSlope: 0 });

const book = (sums: Sums, now: number, weight: number): void => {
  if (now > 0) {
    sums.lent += now;
    sums.lentSlope += now * weight;
  } else {
    sums.paid -= now;
    sums.paidSlope -= now * weight;
  }
};
