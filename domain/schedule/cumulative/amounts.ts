import { assert, divideRounded, minorDigits, parseMoney, type Rounding } from '../../kernel';
import type { LoanTerms } from '../loan-terms';

/** How amounts are rounded under some terms. All in minor units. */
export interface AmountRules {
  readonly rounding: Rounding;
  /** Every amount is a multiple of this. */
  readonly unit: bigint;
  /** The installment is a multiple of this, where the terms ask for one. */
  readonly installmentMultiple: bigint | undefined;
}

export const amountRulesOf = ({ currency, rounding }: LoanTerms): AmountRules => ({
  rounding: rounding.mode,
  unit: rounding.amountMultiple === undefined ? 1n : minorOf(rounding.amountMultiple, currency),
  installmentMultiple:
    rounding.installmentMultiple === undefined ? undefined : minorOf(rounding.installmentMultiple, currency),
});

/** "1.5" EUR is 150: a decimal text of the terms in minor units, whatever decimals it was written with. */
export const minorOf = (text: string, currency: LoanTerms['currency']): bigint => {
  const digits = minorDigits(currency);
  const [whole = '0', fraction = ''] = text.split('.');
  assert(/^0*$/.test(fraction.slice(digits)), `${text} is finer than ${currency}`);
  const places = fraction.slice(0, digits).padEnd(digits, '0');
  return parseMoney({ amount: digits === 0 ? whole : `${whole}.${places}`, currency }).minor;
};

/** numerator ÷ denominator minor units, rounded to an amount of the terms. */
export const amountOf = (numerator: bigint, denominator: bigint, { rounding, unit }: AmountRules): bigint =>
  unit === 1n
    ? divideRounded(numerator, denominator, rounding)
    : divideRounded(numerator, denominator * unit, rounding) * unit;

/** The nearest multiple. */
export const toMultiple = (amount: bigint, multiple: bigint, rounding: Rounding): bigint =>
  divideRounded(amount, multiple, rounding) * multiple;

export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
