import { type Currency, formatMoney, type Money, moneyOf } from '../kernel';
import type { PortionAmounts } from '../schedule';
import type { Portion, PortionsText } from './events';

/** An amount per portion. */
export type Portions = Readonly<Record<Portion, Money>>;

const mapPortions = <T>(value: (portion: Portion) => T): Readonly<Record<Portion, T>> => ({
  penalty: value('penalty'),
  fee: value('fee'),
  interest: value('interest'),
  principal: value('principal'),
});

export const portionsOf = (amounts: PortionAmounts, currency: Currency): Portions =>
  mapPortions((portion) => moneyOf(amounts[portion], currency));

/** Portions as they travel. */
export const formatPortions = (portions: Portions): PortionsText => mapPortions((name) => formatMoney(portions[name]));

export const totalOf = ({ principal, interest, fee, penalty }: PortionAmounts): bigint =>
  principal + interest + fee + penalty;
