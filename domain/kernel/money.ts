import { z } from 'zod';
import { assert } from './assert';
import { type Currency, currencySchema, minorDigits } from './currency';
import { divideRounded, type Rounding } from './rounding';

/** An amount of money inside the house: whole minor units (fen, cents) of one currency. Exact at any size. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/**
 * Money as it travels: in events, commands, documents and HTTP bodies. `amount` is a decimal text with exactly the
 * currency's decimals ("1000.00" CNY, "1000" JPY), so that the same sum always has the same bytes.
 */
export const moneyTextSchema = z
  .strictObject({
    amount: z.string().regex(/^-?(0|[1-9]\d{0,27})(\.\d{1,3})?$/, 'a decimal amount such as "1000.00"'),
    currency: currencySchema,
  })
  .refine((text) => decimalsOf(text.amount) === minorDigits(text.currency) && !/^-0(\.0*)?$/.test(text.amount), {
    message: 'the amount must have exactly the decimals of its currency, and zero no sign',
    path: ['amount'],
  })
  .meta({ id: 'Money', description: 'An exact amount: decimal text with exactly the decimals of its currency.' });

export type MoneyText = z.infer<typeof moneyTextSchema>;

const decimalsOf = (amount: string): number => {
  const dot = amount.indexOf('.');
  return dot < 0 ? 0 : amount.length - dot - 1;
};

/** Money of so many minor units. */
export const moneyOf = (minor: bigint, currency: Currency): Money => ({ minor, currency });

export const zero = (currency: Currency): Money => ({ minor: 0n, currency });

/** Reads travelling money. The text was checked at the border; text that is not an amount throws (a bug). */
export const parseMoney = (text: MoneyText): Money => {
  const digits = minorDigits(text.currency);
  assert(decimalsOf(text.amount) === digits, () => `${text.amount} does not have the decimals of ${text.currency}`);
  return { minor: BigInt(digits === 0 ? text.amount : text.amount.replace('.', '')), currency: text.currency };
};

/** Writes money for travel. */
export const formatMoney = (money: Money): MoneyText => ({
  amount: formatMinor(money.minor, money.currency),
  currency: money.currency,
});

/** The decimal text of so many minor units: formatMinor(100000n, 'CNY') is "1000.00". */
export const formatMinor = (minor: bigint, currency: Currency): string => {
  const digits = minorDigits(currency);
  if (digits === 0) return minor.toString();
  const negative = minor < 0n;
  const text = (negative ? -minor : minor).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  return `${negative ? '-' : ''}${text.slice(0, cut)}.${text.slice(cut)}`;
};

const sameCurrency = (a: Money, b: Money): void =>
  assert(a.currency === b.currency, `cannot combine ${a.currency} with ${b.currency}`);

export const add = (a: Money, b: Money): Money => {
  sameCurrency(a, b);
  return { minor: a.minor + b.minor, currency: a.currency };
};

export const subtract = (a: Money, b: Money): Money => {
  sameCurrency(a, b);
  return { minor: a.minor - b.minor, currency: a.currency };
};

export const compareMoney = (a: Money, b: Money): -1 | 0 | 1 => {
  sameCurrency(a, b);
  if (a.minor === b.minor) return 0;
  return a.minor < b.minor ? -1 : 1;
};

export const sumMoney = (amounts: Iterable<Money>, currency: Currency): Money => {
  let minor = 0n;
  for (const amount of amounts) {
    assert(amount.currency === currency, `cannot sum ${amount.currency} into ${currency}`);
    minor += amount.minor;
  }
  return { minor, currency };
};

export const minMoney = (a: Money, b: Money): Money => (compareMoney(a, b) <= 0 ? a : b);
export const isZero = (money: Money): boolean => money.minor === 0n;
export const isPositive = (money: Money): boolean => money.minor > 0n;

/** money × numerator / denominator, rounded as named to whole minor units. */
export const scaleMoney = (money: Money, numerator: bigint, denominator: bigint, rounding: Rounding): Money => ({
  minor: divideRounded(money.minor * numerator, denominator, rounding),
  currency: money.currency,
});
