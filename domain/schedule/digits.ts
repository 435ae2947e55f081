import { nearestDouble } from './doubles';

/** Powers of ten by exponent; they repeat. */
const powers: bigint[] = [];
export const powerOfTen = (exponent: number): bigint => {
  for (let next = powers.length; next <= exponent; next += 1) powers.push(10n ** BigInt(next));
  return powers[exponent] ?? 1n;
};

/**
 * How many digits a whole number has: near what the double of it says, settled by comparison. A text is made of those
 * only that no double is near to.
 */
export const countDigits = (digits: bigint): number => {
  if (digits === 0n) return 1;
  const near = Math.floor(Math.log10(nearestDouble(digits)));
  if (!Number.isFinite(near)) return digits.toString().length;
  if (digits < powerOfTen(near)) return near;
  return digits < powerOfTen(near + 1) ? near + 1 : near + 2;
};
