import { minorDigits } from '../../../kernel';
import { smaller } from './amounts';
import { equalInstallmentWithBalloon } from './balloon';
import { evenly } from './installment-amount';
import type { Model, RepaymentPeriod } from './model';
import { installmentOf, minorOf, roundedAmount } from './money-rules';
import { decimalOf, times, whole } from './precision';

/** Loans that are not repaid in equal installments. */
export const hasOwnShape = ({ terms }: Model): boolean => terms.amortization.kind !== 'equal-installments';

/** Gives each period its installment, or the principal that leads it, for a balance that is repaid over all of them. */
export const shapeInstallments = (model: Model, periods: readonly RepaymentPeriod[], balance: bigint): void => {
  const { amortization, currency } = model.terms;
  const digits = minorDigits(currency);
  switch (amortization.kind) {
    case 'equal-installments':
      return;
    case 'equal-principal': {
      const each = evenPrincipal(model, periods, balance);
      lead(periods, balance, () => each);
      return;
    }
    case 'interest-only':
      lead(periods, balance, () => 0n);
      return;
    case 'bullet':
      lead(periods, balance, () => 0n);
      for (const period of periods.slice(0, -1)) period.interestGrace = true;
      return;
    case 'balloon':
      lead(periods, balance, () =>
        roundedAmount(model.money, times(whole(model.principal), decimalOf(amortization.share))),
      );
      return;
    case 'balloon-amount':
      level(periods, equalInstallmentWithBalloon(model, periods, balance, minorOf(amortization.amount, digits)));
      return;
    case 'fixed-installment':
      level(periods, minorOf(amortization.amount, digits));
      return;
    case 'hand-made': {
      const skipped = amortization.principal.length - periods.length;
      lead(periods, balance, (index) => minorOf(amortization.principal[skipped + index] ?? '0', digits));
      return;
    }
  }
};

const evenPrincipal = (model: Model, periods: readonly RepaymentPeriod[], balance: bigint): bigint => {
  const amount = installmentOf(model.money, evenly(model.money, balance, periods.length));
  model.notes?.push({ kind: 'even', what: 'principal', dues: periods.map(({ due }) => due), sum: balance, amount });
  return amount;
};

/** The same installment in each period; the last takes what is left. */
const level = (periods: readonly RepaymentPeriod[], emi: bigint): void => {
  for (const period of periods) {
    period.emi = emi;
    period.plannedEmi = emi;
  }
};

/** A given principal in each period as long as there is any, and the rest with the last. */
const lead = (periods: readonly RepaymentPeriod[], balance: bigint, principalOf: (index: number) => bigint): void => {
  let left = balance;
  for (const [index, period] of periods.entries()) {
    const wanted = index === periods.length - 1 ? left : principalOf(index);
    const principal = smaller(wanted, left);
    period.plannedPrincipal = principal;
    left -= principal;
  }
};
