import { divideRounded, type MoneyText, minorDigits, parseMoney, type Rounding } from '../../domain/kernel';

/** An amount as a feature: whole units of its currency. It is weighed and never booked. */
export const wholeUnits = (amount: MoneyText, rounding: Rounding): number => {
  const { minor, currency } = parseMoney(amount);
  return Number(divideRounded(minor, 10n ** BigInt(minorDigits(currency)), rounding));
};

/** One amount as a share of another, rounded up to 4 decimals. */
export const shareOf = (part: bigint, whole: bigint): number =>
  Number(divideRounded(part * 10_000n, whole, 'UP')) / 10_000;
