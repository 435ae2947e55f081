import { dateOf, dayOf } from '../calendar';
import { type BusinessDate, formatMoney, type MoneyText, moneyOf } from '../kernel';
import { unpaidOf } from './account';
import { oldestOverdue } from './arrears';
import type { ArrearsBucket } from './events';
import { currencyOf, isGivenUp, type LoanState } from './state';

/** How a loan stands for those who collect what is overdue of it. */
export type ArrearsStanding =
  | { readonly kind: 'current' }
  | {
      readonly kind: 'in-arrears';
      readonly bucket: ArrearsBucket;
      /** The due date of its oldest overdue installment: days past due count from there. */
      readonly pastDueSince: BusinessDate;
      readonly overdue: MoneyText;
    }
  /** There is nothing to collect any more. */
  | { readonly kind: 'ended'; readonly why: 'repaid' | 'settled' | 'written-off' | 'cancelled' };

/** How a loan stands on a day, by the bucket that is on record. A loan that nothing was paid out of is current. */
export const arrearsStandingOf = (state: LoanState, on: BusinessDate): ArrearsStanding => {
  if (state.status === 'cancelled') return { kind: 'ended', why: 'cancelled' };
  if (state.status !== 'lent') return { kind: 'current' };
  if (isGivenUp(state)) return { kind: 'ended', why: state.account.status === 'settled' ? 'settled' : 'written-off' };
  if (state.closedOn !== undefined) return { kind: 'ended', why: 'repaid' };
  const oldest = oldestOverdue(state.account, dayOf(on));
  if (state.bucket === 'current' || oldest === undefined) return { kind: 'current' };
  const rows = state.account.installments.filter(({ due }) => due < dayOf(on));
  const overdue = rows.reduce((sum, row) => sum + unpaidOf(row), 0n);
  return {
    kind: 'in-arrears',
    bucket: state.bucket,
    pastDueSince: dateOf(oldest),
    overdue: formatMoney(moneyOf(overdue, currencyOf(state))),
  };
};

/** What was repaid with value dates from one day to another, less what was taken back since. Nothing unless lent. */
export const repaidBetween = (state: LoanState, from: BusinessDate, to: BusinessDate): MoneyText | undefined => {
  if (state.status !== 'lent') return undefined;
  const [first, last] = [dayOf(from), dayOf(to)];
  const repaid = state.account.transactions.reduce((sum, { kind, on, amount, undone }) => {
    if (undone || on < first) return sum;
    if (kind === 'chargeback') return sum - amount;
    return kind === 'repayment' && on <= last ? sum + amount : sum;
  }, 0n);
  return formatMoney(moneyOf(repaid > 0n ? repaid : 0n, currencyOf(state)));
};
