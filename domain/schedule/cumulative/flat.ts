import type { Day } from '../../calendar';
import type { RateText } from '../../kernel';
import { type AmountRules, amountOf, larger } from './amounts';
import { timesCarried } from './carried';
import type { RateRule } from './rate';

/** Flat interest: worked out once for the whole loan, then spread over the installments. */
export interface FlatInterest {
  /** Of the whole loan. */
  total: bigint;
  /** What installments have asked for so far. */
  asked: bigint;
  /** What each of the installments that ask for interest asks for; the last takes what is left. */
  each: bigint;
}

interface Term {
  readonly ratePerYear: RateText;
  readonly principal: bigint;
  readonly from: Day;
  readonly to: Day;
  readonly installments: number;
}

/** The interest that a principal bears over the whole term, as if nothing were repaid. */
export const flatOver = (term: Term, rate: RateRule, { rounding, unit }: AmountRules): bigint => {
  const factor = rate.flat(term.ratePerYear, term.from, term.to, term.installments);
  return amountOf(timesCarried(term.principal, factor, rounding), 1n, {
    rounding,
    unit,
    installmentMultiple: undefined,
  });
};

export const flatInterest = (
  total: bigint,
  installments: number,
  free: number,
  putOff: number,
  rules: AmountRules,
): FlatInterest => {
  const each = amountOf(total, BigInt(installments), rules);
  const charged = free >= installments ? 0n : larger(total - each * BigInt(free), 0n);
  const paying = installments - free - putOff;
  return { total: charged, asked: 0n, each: paying <= 0 ? charged : amountOf(charged, BigInt(paying), rules) };
};

/** From now on: so much more for so many installments. */
export const flatFrom = (flat: FlatInterest, more: bigint, installments: number, rules: AmountRules): FlatInterest => ({
  total: flat.asked + more,
  asked: flat.asked,
  each: installments <= 0 ? more : amountOf(more, BigInt(installments), rules),
});
