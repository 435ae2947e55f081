import { assert, type BusinessDate } from '../kernel';
import { PORTIONS, type Portion } from './events';
import { type BookedInstallment, unpaidOf } from './installment';
import { payoffClaim } from './payoff';
import { type Amounts, totalOf } from './portions';
import type { ActiveLoan } from './state';

/** One part of a repayment and where it goes; minor units, above zero. */
interface Part {
  readonly installment: number;
  readonly portion: Portion;
  readonly minor: bigint;
  readonly inAdvance: boolean;
}

/** Σ parts + unapplied is the amount that was allocated. */
export interface Allocation {
  readonly parts: readonly Part[];
  readonly unapplied: bigint;
  readonly interestForgone: bigint;
}

/**
 * Divides a repayment over a loan that has been aged to the value date.
 *
 * What covers the payoff of that day closes the loan: every claim of the payoff is met, planned interest beyond the
 * day is forgone, and what is left is unapplied. Anything less is paid in row by row, oldest installment first, in each
 * penalty, fee, interest, principal: first what is due, then in advance the next installments as they were planned.
 * The plan stays as it is; paying in advance saves interest only when it is the whole.
 */
export const allocate = (loan: ActiveLoan, amount: bigint, valueDate: BusinessDate): Allocation => {
  const claims = loan.installments.map((installment) => payoffClaim(loan, installment, valueDate));
  const payoff = claims.reduce((sum, claim) => sum + totalOf(claim), 0n);
  if (amount < payoff) return { parts: payInOrder(loan, amount), unapplied: 0n, interestForgone: 0n };
  const parts = loan.installments.flatMap((installment, index) => partsOf(installment, claims[index]));
  const planned = loan.installments.reduce((sum, installment) => sum + unpaidOf(installment).interest, 0n);
  const paid = claims.reduce((sum, { interest }) => sum + interest, 0n);
  return { parts, unapplied: amount - payoff, interestForgone: planned - paid };
};

const partsOf = ({ n, fellDue }: BookedInstallment, amounts: Amounts | undefined): Part[] => {
  assert(amounts !== undefined, `installment ${n} makes no claim`);
  return PORTIONS.filter((portion) => amounts[portion] > 0n).map((portion) => ({
    installment: n,
    portion,
    minor: amounts[portion],
    inAdvance: !fellDue,
  }));
};

const payInOrder = (loan: ActiveLoan, amount: bigint): readonly Part[] => {
  const parts: Part[] = [];
  let left = amount;
  for (const installment of loan.installments) {
    for (const claim of partsOf(installment, unpaidOf(installment))) {
      if (left === 0n) return parts;
      const part = left >= claim.minor ? claim : { ...claim, minor: left };
      parts.push(part);
      left -= part.minor;
    }
  }
  assert(left === 0n, 'less than the payoff was paid, and yet more than the plan demands');
  return parts;
};
