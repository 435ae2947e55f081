import { z } from 'zod';
import { assert } from './assert';

/** A rate per year as decimal text: "0.24" is 24 % a year. Exact; never a float. */
export const rateTextSchema = z
  .string()
  .regex(/^(0|[1-9]\d{0,3})(\.\d{1,12})?$/, 'a rate such as "0.24"')
  .meta({ id: 'Rate', description: 'A rate per year as decimal text: "0.24" is 24 % a year.' });

export type RateText = z.infer<typeof rateTextSchema>;

/** The same rate as an exact fraction, the form that integer arithmetic wants. */
export interface Rate {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** "0.24" → 24/100. The text was checked at the border; anything else throws (a bug). */
export const parseRate = (text: RateText): Rate => {
  assert(/^\d+(\.\d+)?$/.test(text), `not a rate: ${text}`);
  const dot = text.indexOf('.');
  if (dot < 0) return { numerator: BigInt(text), denominator: 1n };
  const decimals = text.length - dot - 1;
  return { numerator: BigInt(text.slice(0, dot) + text.slice(dot + 1)), denominator: 10n ** BigInt(decimals) };
};

/** −1, 0 or 1 as a is below, equal to or above b. Exact. */
export const compareRates = (a: RateText, b: RateText): -1 | 0 | 1 => {
  const left = parseRate(a);
  const right = parseRate(b);
  const difference = left.numerator * right.denominator - right.numerator * left.denominator;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
};

/** A rate so many times over, without trailing zeros: 4 × "0.0385" is "0.154". Exact. */
export const multiplyRate = (rate: RateText, times: bigint): RateText => {
  const { numerator, denominator } = parseRate(rate);
  const decimals = denominator.toString().length - 1;
  const digits = (numerator * times).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
};
