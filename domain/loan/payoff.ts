import { type BusinessDate, type Money, moneyOf } from '../kernel';
import { agingEvents } from './aging';
import { accruedUnpaid, type BookedInstallment, unpaidOf } from './installment';
import { type Amounts, type Portions, portionsOf, sumAmounts, totalOf } from './portions';
import { type ActiveLoan, currencyOf, evolveAll, type LoanState, termsOf } from './state';

/** What closes a loan on a day. */
export interface Payoff {
  readonly on: BusinessDate;
  readonly total: Money;
  /** What is due and unpaid. */
  readonly due: Portions;
  /** What is not due yet and must be paid now: fee, interest accrued to the day, all remaining principal. */
  readonly notDue: Portions;
  /** Planned interest that will not be charged. */
  readonly interestForgone: Money;
}

/**
 * What an installment demands when the loan is paid off on a day: all that is unpaid of it if it is due; otherwise its
 * fee, its principal and, in the running period, the interest accrued up to that day. Interest that was paid in
 * advance beyond that day is not given back.
 */
export const payoffClaim = (loan: ActiveLoan, installment: BookedInstallment, on: BusinessDate): Amounts => {
  const unpaid = unpaidOf(installment);
  return installment.fellDue ? unpaid : { ...unpaid, interest: accruedUnpaid(installment, on, termsOf(loan)) };
};

/**
 * The payoff quote of an active loan for a day, penalties and dues up to that day included; undefined when there is
 * nothing to pay off. A day before the disbursement counts as the disbursement's.
 */
export const payoffOn = (state: LoanState, day: BusinessDate): Payoff | undefined => {
  if (state.status !== 'active') return undefined;
  const on = day > state.disbursement.on ? day : state.disbursement.on;
  const aged = evolveAll(state, agingEvents(state, on));
  return aged.status === 'active' ? quote(aged, on) : undefined;
};

const quote = (loan: ActiveLoan, on: BusinessDate): Payoff => {
  const currency = currencyOf(loan);
  const claims = (fellDue: boolean): Amounts =>
    sumAmounts(
      loan.installments
        .filter((installment) => installment.fellDue === fellDue)
        .map((installment) => payoffClaim(loan, installment, on)),
    );
  const due = claims(true);
  const notDue = claims(false);
  const planned = sumAmounts(loan.installments.filter(({ fellDue }) => !fellDue).map(unpaidOf));
  return {
    on,
    total: moneyOf(totalOf(due) + totalOf(notDue), currency),
    due: portionsOf(due, currency),
    notDue: portionsOf(notDue, currency),
    interestForgone: moneyOf(planned.interest - notDue.interest, currency),
  };
};
