import { formatMoney, type MoneyText, moneyOf, parseMoney } from '../../domain/kernel';
import { OFFERINGS, type Shape } from '../offerings';
import type { Applicant } from '../people';
import { type SeededRandom, weighted } from '../random';

/** What somebody applies for: a product of the house, and how much of it. */
export interface Choice {
  readonly shape: Shape;
  readonly amount: MoneyText;
  readonly installments: number;
}

/** How often each product is chosen. */
const LIKED: Readonly<Record<Shape, number>> = {
  'equal-installments': 40,
  'equal-principal': 14,
  'interest-only': 9,
  flat: 14,
  'thirty-days': 12,
  revolving: 11,
};

/** In minor units: people ask for round sums. */
const ROUND = 1_000n;

const clamped = <Value extends bigint | number>(value: Value, least: Value, most: Value): Value => {
  if (value < least) return least;
  return value > most ? most : value;
};

/**
 * What an applicant chooses: a product, in as many of its installments as come closest to the months that they want to
 * pay in; who gets fewer of them asks for that much less, because what a month may cost stays the same.
 */
export const choiceOf = ({ wants }: Applicant, random: SeededRandom): Choice => {
  const shape = weighted(random, LIKED);
  const { amount: bounds, installments: counts } = OFFERINGS[shape];
  const installments = clamped(wants.termMonths, counts.least, counts.most);
  const { minor, currency } = parseMoney(wants.amount);
  const fitting = (minor * BigInt(installments)) / BigInt(wants.termMonths);
  const asked = installments === wants.termMonths ? fitting : ((fitting + ROUND - 1n) / ROUND) * ROUND;
  const within = clamped(asked, parseMoney(bounds.least).minor, parseMoney(bounds.most).minor);
  return { shape, amount: formatMoney(moneyOf(within, currency)), installments };
};
