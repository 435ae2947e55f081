import { evenly } from './installment-amount';
import { installmentOf, type MoneyRules } from './money-rules';

/** An amount in equal parts: all the same but the last, which takes what rounding leaves. */
export interface Spread {
  readonly each: bigint;
  readonly last: bigint;
}

export const spreadOver = (money: MoneyRules, amount: bigint, count: number): Spread => {
  const each = evenly(money, amount, count);
  return { each, last: amount - each * BigInt(count - 1) };
};

/**
 * Principal in parts such that it makes equal installments with everything else: the even share of the whole (to the
 * multiple of the terms) without the shares of the others.
 */
export const principalBeside = (
  money: MoneyRules,
  principal: bigint,
  others: readonly { readonly amount: bigint; readonly spread: Spread }[],
  count: number,
): Spread => {
  const whole = others.reduce((sum, { amount }) => sum + amount, principal);
  const taken = others.reduce((sum, { spread }) => sum + spread.each, 0n);
  const each = installmentOf(money, evenly(money, whole, count)) - taken;
  return { each, last: principal - each * BigInt(count - 1) };
};

export const partOf = (spread: Spread, index: number, count: number): bigint =>
  index === count - 1 ? spread.last : spread.each;
