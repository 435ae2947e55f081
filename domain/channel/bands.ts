import { type MoneyText, minorDigits, parseMoney } from '../kernel';

/** Upper bounds of the bands by which success, speed and cost are measured, in whole units of the currency. */
const BOUNDS = [1_000n, 5_000n, 20_000n, 50_000n, 200_000n] as const;

/** The band that an amount falls in: "to-1000", …, "above-200000". A bound belongs to the band below it. */
export const amountBand = (amount: MoneyText): string => {
  const unit = 10n ** BigInt(minorDigits(amount.currency));
  const { minor } = parseMoney(amount);
  const bound = BOUNDS.find((upTo) => minor <= upTo * unit);
  return bound === undefined ? `above-${BOUNDS.at(-1)}` : `to-${bound}`;
};
