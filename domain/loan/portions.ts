import { type Currency, formatMoney, type Money, moneyOf, parseMoney } from '../kernel';
import type { Portion, PortionsText } from './events';

/** An amount per portion, in minor units of the loan's currency: what the loan's own arithmetic works on. */
export type Amounts = Readonly<Record<Portion, bigint>>;

/** An amount per portion. */
export type Portions = Readonly<Record<Portion, Money>>;

export const NOTHING: Amounts = { penalty: 0n, fee: 0n, interest: 0n, principal: 0n };

const mapPortions = <T>(value: (portion: Portion) => T): Readonly<Record<Portion, T>> => ({
  penalty: value('penalty'),
  fee: value('fee'),
  interest: value('interest'),
  principal: value('principal'),
});

// Written out: sums and differences run for every installment in every decision.
const addAmounts = (a: Amounts, b: Amounts): Amounts => ({
  penalty: a.penalty + b.penalty,
  fee: a.fee + b.fee,
  interest: a.interest + b.interest,
  principal: a.principal + b.principal,
});

export const subtractAmounts = (a: Amounts, b: Amounts): Amounts => ({
  penalty: a.penalty - b.penalty,
  fee: a.fee - b.fee,
  interest: a.interest - b.interest,
  principal: a.principal - b.principal,
});

/** The amounts with another one in the place of one portion's. */
export const withAmount = (amounts: Amounts, portion: Portion, amount: bigint): Amounts => ({
  penalty: portion === 'penalty' ? amount : amounts.penalty,
  fee: portion === 'fee' ? amount : amounts.fee,
  interest: portion === 'interest' ? amount : amounts.interest,
  principal: portion === 'principal' ? amount : amounts.principal,
});

export const totalOf = (amounts: Amounts): bigint =>
  amounts.penalty + amounts.fee + amounts.interest + amounts.principal;

export const sumAmounts = (all: Iterable<Amounts>): Amounts => {
  let sum = NOTHING;
  for (const amounts of all) sum = addAmounts(sum, amounts);
  return sum;
};

export const portionsOf = (amounts: Amounts, currency: Currency): Portions =>
  mapPortions((portion) => moneyOf(amounts[portion], currency));

/** Portions as they travel. */
export const formatPortions = (portions: Portions): PortionsText => mapPortions((name) => formatMoney(portions[name]));

export const parsePortions = (text: PortionsText): Amounts => mapPortions((portion) => parseMoney(text[portion]).minor);
