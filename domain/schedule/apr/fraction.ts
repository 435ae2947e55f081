/** A part of a period, exact: whole numbers, far below 2^53. Never below zero. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

export const NO_PART: Fraction = { numerator: 0, denominator: 1 };

export const quotientOf = ({ numerator, denominator }: Fraction): number => numerator / denominator;

export const sumOf = (a: Fraction, b: Fraction): Fraction =>
  a.denominator === b.denominator
    ? reduced(a.numerator + b.numerator, a.denominator)
    : reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

/** In lowest terms. */
export const reduced = (numerator: number, denominator: number): Fraction => {
  let [large, small] = [denominator, numerator];
  while (small !== 0) [large, small] = [small, large % small];
  return { numerator: numerator / large, denominator: denominator / large };
};
