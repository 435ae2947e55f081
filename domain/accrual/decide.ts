import { formatMoney, isZero, type MoneyText, parseMoney, type Refusal, refuse, subtract, zero } from '../kernel';
import type { AccrualCommand } from './commands';
import type { AccrualEvent } from './events';
import { type AccrualState, accruedIn } from './state';

/**
 * Registers what a product's loans have earned by the end of a business date. What it says is a level, not a movement:
 * day by day or in one step, and however often, it leads to the same.
 */
export const decide = (
  { data, businessDate }: AccrualCommand,
  state: AccrualState,
): readonly AccrualEvent[] | Refusal => {
  const { accrualId: _, ...registered } = data;
  const { valueDate, accrued, currency } = registered;
  if (valueDate > businessDate) return refuse('VALUE_DATE_INVALID', `${valueDate} has not come: it is ${businessDate}`);
  if (state.status === 'kept' && valueDate <= state.date) return [];
  const before = accruedIn(state, formatMoney(zero(currency)));
  if (isNothing(accrued.accrued) && isNothing(before.accrued)) return [];
  const change = {
    accrued: difference(accrued.accrued, before.accrued),
    suspended: difference(accrued.suspended, before.suspended),
  };
  return [{ type: 'InterestAccrued', data: { ...registered, change } }];
};

const isNothing = (amount: MoneyText): boolean => isZero(parseMoney(amount));

const difference = (now: MoneyText, before: MoneyText): MoneyText =>
  formatMoney(subtract(parseMoney(now), parseMoney(before)));
