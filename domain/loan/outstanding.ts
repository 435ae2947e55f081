import { isOwing, unpaidOf } from './installment';
import { type Amounts, NOTHING, type Portions, portionsOf, sumAmounts } from './portions';
import { type ActiveLoan, currencyOf, type LoanState } from './state';

/** What is still to be paid, by portion: `due` is what has fallen due, `notDue` what the plan will still demand. */
export interface Outstanding {
  readonly due: Portions;
  readonly notDue: Portions;
}

/**
 * What a loan still has to be paid, by the dues and charges that are in its state. Nothing unless it is active: what
 * was not disbursed is not owed, and what was repaid or written off is not any more.
 */
export const outstandingOf = (state: Exclude<LoanState, { status: 'none' }>): Outstanding => {
  const currency = currencyOf(state);
  if (state.status !== 'active') {
    const nothing = portionsOf(NOTHING, currency);
    return { due: nothing, notDue: nothing };
  }
  return { due: portionsOf(dueUnpaid(state), currency), notDue: portionsOf(notDueUnpaid(state), currency) };
};

/** What has fallen due and is unpaid; the receivables of the loan but for principal that is not due. */
export const dueUnpaid = ({ installments }: ActiveLoan): Amounts =>
  sumAmounts(installments.filter(isOwing).map(unpaidOf));

const notDueUnpaid = ({ installments }: ActiveLoan): Amounts =>
  sumAmounts(installments.filter(({ fellDue }) => !fellDue).map(unpaidOf));
