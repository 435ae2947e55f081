import { divideRounded, type RateText, type Rounding } from '../../../kernel';
import { countDigits, powerOfTen } from '../../digits';

/** Significant digits that rates and what is worked out of them are carried at, HALF_EVEN. */
const PRECISION = 19;
const LIMIT = 10n ** BigInt(PRECISION);

/** A decimal that is not negative: digits × 10^−scale. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const ONE: Decimal = { digits: 1n, scale: 0 };

export const whole = (value: number | bigint): Decimal => ({ digits: BigInt(value), scale: 0 });

/** "0.24" as a decimal. Exact. */
export const decimalOf = (text: RateText): Decimal => {
  const dot = text.indexOf('.');
  if (dot < 0) return { digits: BigInt(text), scale: 0 };
  return { digits: BigInt(text.slice(0, dot) + text.slice(dot + 1)), scale: text.length - dot - 1 };
};

/** To 19 significant digits. */
const carried = (digits: bigint, scale: number): Decimal => {
  if (digits < LIMIT) return { digits, scale };
  const excess = countDigits(digits) - PRECISION;
  return { digits: divideRounded(digits, powerOfTen(excess), 'HALF_EVEN'), scale: scale - excess };
};

const aligned = (value: Decimal, scale: number): bigint => value.digits * powerOfTen(scale - value.scale);

export const plus = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  return carried(aligned(a, scale) + aligned(b, scale), scale);
};

export const times = (a: Decimal, b: Decimal): Decimal => carried(a.digits * b.digits, a.scale + b.scale);

export const over = (a: Decimal, b: Decimal): Decimal => {
  // Two digits more than are kept, and a last one that says whether anything is left: so that no tie is imagined.
  const shift = Math.max(0, PRECISION + 2 + countDigits(b.digits) - countDigits(a.digits));
  const numerator = a.digits * powerOfTen(shift);
  const quotient = numerator / b.digits;
  const isExact = quotient * b.digits === numerator;
  return carried(quotient * 10n + (isExact ? 0n : 1n), a.scale - b.scale + shift + 1);
};

/** With so many decimals. A scale below zero is possible in between, and is put right here. */
export const withScale = (value: Decimal, scale: number): Decimal => ({ digits: roundedTo(value, scale), scale });

/** Digits at a scale. */
const roundedTo = ({ digits, scale }: Decimal, wanted: number, rounding: Rounding = 'HALF_EVEN'): bigint =>
  scale <= wanted ? digits * powerOfTen(wanted - scale) : divideRounded(digits, powerOfTen(scale - wanted), rounding);

/** A decimal to the nearest multiple of a quantum, both in the same unit. */
export const roundedToMultiple = ({ digits, scale }: Decimal, quantum: bigint, rounding: Rounding): bigint =>
  scale <= 0
    ? divideRounded(digits * powerOfTen(-scale), quantum, rounding) * quantum
    : divideRounded(digits, powerOfTen(scale) * quantum, rounding) * quantum;

/** The nearest double. */
export const approximately = ({ digits, scale }: Decimal): number => Number(`${digits}e${-scale}`);
