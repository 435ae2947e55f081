import { growthOf, noteEqual } from './installment-amount';
import type { Model, RepaymentPeriod } from './model';
import { installmentOf, roundedAmount } from './money-rules';
import { type Decimal, ONE, over, plus, times, whole } from './precision';

/**
 * The equal installment that leaves a balloon on top of the last one: (balance × Π(1 + r) − balloon) ÷ f, with f as for
 * equal installments.
 */
export const equalInstallmentWithBalloon = (
  model: Model,
  periods: readonly RepaymentPeriod[],
  balance: bigint,
  balloon: bigint,
): bigint => {
  let grown: Decimal = whole(balance);
  let divisor: Decimal | undefined;
  for (const period of periods) {
    const ratio = growthOf(model, period);
    grown = times(grown, ratio);
    divisor = divisor === undefined ? ONE : plus(ONE, times(divisor, ratio));
  }
  const amount = roundedAmount(model.money, over(minus(grown, balloon), divisor ?? ONE));
  const installment = installmentOf(model.money, amount);
  if (model.notes !== undefined) noteEqual(model, periods, { balance, balloon, spread: 0n, amount: installment });
  return installment;
};

/** Nothing where the balloon is more than all that would be owed. */
const minus = (grown: Decimal, balloon: bigint): Decimal => {
  const taken = balloon * 10n ** BigInt(Math.max(0, grown.scale));
  return { digits: grown.digits > taken ? grown.digits - taken : 0n, scale: grown.scale };
};
