import { z } from 'zod';

/** Numbers as case files write them: decimal texts, and fractions "a/b". */
export const decimalSchema = z.string().regex(/^-?\d+(\.\d+)?$/, 'a decimal number');
export const fractionSchema = z.string().regex(/^\d+(\/[1-9]\d*)?$/, 'a whole number or a fraction "a/b"');
export const dateSchema = z.iso.date();

export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

export const fractionOf = (text: string): Fraction => {
  const [numerator, denominator = '1'] = text.trim().split('/');
  return { numerator: Number(numerator), denominator: Number(denominator) };
};

/** "1/12 + 3/365". */
export const sumOf = (text: string): Fraction => text.split('+').map(fractionOf).reduce(plus);

export const plus = (a: Fraction, b: Fraction): Fraction => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});

export const isSame = (a: Fraction, b: Fraction): boolean =>
  BigInt(a.numerator) * BigInt(b.denominator) === BigInt(b.numerator) * BigInt(a.denominator);

export const textOf = ({ numerator, denominator }: Fraction): string => `${numerator}/${denominator}`;

/** A decimal text in units of its last of so many places: ("12.5", 2) is 1250. */
export const unitsOf = (text: string, places: number): bigint => {
  const [whole = '0', part = ''] = text.split('.');
  if (part.length > places) throw new Error(`${text} has more than ${places} decimals`);
  return BigInt(whole + part.padEnd(places, '0'));
};
