import { assert } from '../../domain/kernel';

/** The number at this place, which must exist. For cold code; inner loops say `?? 0`, which costs nothing. */
export const at = (values: ArrayLike<number>, index: number): number => {
  const value = values[index];
  assert(value !== undefined, `no number at ${index} of ${values.length}`);
  return value;
};

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

/** NaN of nothing. */
export const mean = (values: ArrayLike<number> & Iterable<number>): number => sum(values) / values.length;

/** Of a sample (n - 1); 0 of a single value. */
export const standardDeviation = (values: ArrayLike<number> & Iterable<number>): number => {
  if (values.length < 2) return 0;
  const middle = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - middle) ** 2;
  return Math.sqrt(squares / (values.length - 1));
};

/** Row numbers 0 to `length` - 1. */
export const range = (length: number): Int32Array => Int32Array.from({ length }, (_, index) => index);

/** ln(p / (1 - p)). */
export const logit = (probability: number): number => Math.log(probability / (1 - probability));

/** 1 / (1 + e^-x). */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
