import { dateOf, dayOf } from '../calendar';
import { type BusinessDate, formatMoney, type MoneyText, moneyOf } from '../kernel';
import type { AccountInstallment } from '../schedule';
import { PORTIONS } from './events';
import { currencyOf, isGivenUp, type LoanState } from './state';

const leftOf = ({ owed, paid, waived, writtenOff }: AccountInstallment): bigint =>
  PORTIONS.reduce((sum, portion) => sum + owed[portion] - paid[portion] - waived[portion] - writtenOff[portion], 0n);

/** The first installment that falls due on or after a day and is not paid, with what is left of it to pay. */
export const nextInstallment = (
  state: LoanState,
  from: BusinessDate,
): { readonly due: BusinessDate; readonly amount: MoneyText } | undefined => {
  if (state.status !== 'lent' || state.closedOn !== undefined || isGivenUp(state)) return undefined;
  const day = dayOf(from);
  const row = state.account.installments.find((each) => each.due >= day && leftOf(each) > 0n);
  return row && { due: dateOf(row.due), amount: formatMoney(moneyOf(leftOf(row), currencyOf(state))) };
};
