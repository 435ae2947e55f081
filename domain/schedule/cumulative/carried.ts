import { divideRounded, type Rounding } from '../../kernel';
import { countDigits, powerOfTen } from '../digits';
import { nearestDouble } from '../doubles';

/** A number carried at 19 significant digits: digits ÷ 10^scale. `near` is a double within 2^-52 of itself of it. */
export interface Carried {
  readonly digits: bigint;
  readonly scale: number;
  readonly near: number;
}

const SIGNIFICANT = 19;
const CEILING = 10n ** BigInt(SIGNIFICANT);

/** numerator ÷ denominator at 19 significant digits, HALF_EVEN: how the field carries rates. Both not negative. */
export const carried = (numerator: bigint, denominator: bigint): Carried => {
  if (numerator === 0n) return NOTHING;
  const least = SIGNIFICANT - countDigits(numerator) + countDigits(denominator) - 1;
  // The quotient at the next finer scale has 19 digits or 20.
  const finer = over(numerator, denominator, least + 1);
  const isFiner = finer.numerator / finer.denominator < CEILING;
  const fraction = isFiner ? finer : over(numerator, denominator, least);
  const digits = divideRounded(fraction.numerator, fraction.denominator, 'HALF_EVEN');
  const scale = isFiner ? least + 1 : least;
  return { digits, scale, near: doubleOf(digits, scale) };
};

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** numerator ÷ denominator × 10^scale. */
const over = (numerator: bigint, denominator: bigint, scale: number): Fraction =>
  scale >= 0
    ? { numerator: numerator * powerOfTen(scale), denominator }
    : { numerator, denominator: denominator * powerOfTen(-scale) };

/** A double near digits ÷ 10^scale: two roundings where doubles hold the power of ten, one where a text is read. */
const doubleOf = (digits: bigint, scale: number): number => {
  const power = scale < 0 ? undefined : EXACT_POWERS[scale];
  return power === undefined ? Number(`${digits}e${-scale}`) : nearestDouble(digits) / power;
};

/** The powers of ten that doubles hold exactly. */
const EXACT_POWERS: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

const NOTHING: Carried = { digits: 0n, scale: 0, near: 0 };

/** A carried number times numerator ÷ denominator, carried again. */
export const carriedTimes = (factor: Carried, numerator: bigint, denominator = 1n): Carried => {
  const fraction = fractionOf(factor);
  return carried(fraction.numerator * numerator, fraction.denominator * denominator);
};

/** A carried number as an exact fraction. */
export const fractionOf = ({ digits, scale }: Carried): Fraction => over(digits, 1n, -scale);

/** Doubles hold every whole number up to here. */
const EXACT = 2n ** 53n;

/**
 * A whole number of units times a carried factor, rounded to whole units. The product itself is carried at 19 digits
 * before it is rounded, as the field does: a rate that does not terminate still gives the tie that it stands for.
 *
 * Fast path: with the whole exact and `near` within 2^-52 of itself, the double product is off by less than 2^-51 of
 * itself. Where it lies farther than 2^-49 of itself from every tie, the exact product (and the one
 * carried at 19 digits) rounds to the same whole number.
 */
export const timesCarried = (whole: bigint, factor: Carried, rounding: Rounding): bigint => {
  if (whole === 0n || factor.digits === 0n) return 0n;
  if (whole < EXACT && whole > 0n && (rounding === 'HALF_EVEN' || rounding === 'HALF_UP')) {
    const product = Number(whole) * factor.near;
    const nearest = Math.round(product);
    if (0.5 - Math.abs(product - nearest) > product * 2 ** -49) return BigInt(nearest);
  }
  const { numerator, denominator } = fractionOf(factor);
  return roundedProduct(whole * numerator, denominator, rounding);
};

const roundedProduct = (numerator: bigint, denominator: bigint, rounding: Rounding): bigint => {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  // Above 10^17 units 19 digits would not leave room for the places after the point.
  if (magnitude / denominator >= CEILING / 100n) return divideRounded(numerator, denominator, rounding);
  const product = fractionOf(carried(magnitude, denominator));
  const rounded = divideRounded(product.numerator, product.denominator, rounding);
  return negative ? -rounded : rounded;
};
