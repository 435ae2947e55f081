/** The named roundings a product can state. HALF_EVEN is the field's default. */
export const ROUNDINGS = ['HALF_EVEN', 'HALF_UP', 'DOWN', 'UP'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/**
 * numerator / denominator as a whole number, rounded as named. Exact at any size.
 * Ties are judged on the absolute value, so the rounding is symmetric around zero.
 * @throws RangeError when the denominator is not positive: a caller's bug, never data.
 */
export const divideRounded = (numerator: bigint, denominator: bigint, rounding: Rounding): bigint => {
  if (denominator <= 0n) throw new RangeError(`denominator must be positive, got ${denominator}`);
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const quotient = magnitude / denominator;
  const remainder = magnitude % denominator;
  const rounded =
    remainder !== 0n && roundsAway(quotient, remainder * 2n, denominator, rounding) ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
};

const roundsAway = (quotient: bigint, twice: bigint, denominator: bigint, rounding: Rounding): boolean => {
  switch (rounding) {
    case 'HALF_EVEN':
      return twice > denominator || (twice === denominator && quotient % 2n === 1n);
    case 'HALF_UP':
      return twice >= denominator;
    case 'UP':
      return true;
    case 'DOWN':
      return false;
  }
};
