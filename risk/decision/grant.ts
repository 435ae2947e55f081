import { assert, formatMoney, type Money, type MoneyText, moneyOf, parseMoney } from '../../domain/kernel';
import type { PolicyDocument } from '../../domain/policy';

const WHOLE = 10_000n;
const MILLION = 1_000_000n;

/** So many basis points of an amount, in whole steps: never more, and all of it only at 10000. */
export const shareOf = (amount: MoneyText, basisPoints: number, step: MoneyText): Money => {
  const { minor, currency } = parseMoney(amount);
  if (basisPoints >= Number(WHOLE)) return moneyOf(minor, currency);
  const share = (minor * BigInt(basisPoints)) / WHOLE;
  const { minor: each } = parseMoney(step);
  assert(each > 0n, 'a step is of something');
  return moneyOf(share - (share % each), currency);
};

/** Probability of a bad end in parts per million, by which losses are reckoned in whole numbers. */
const partsPerMillion = (probability: number): bigint => BigInt(Math.round(probability * Number(MILLION)));

/** What to expect to lose on a principal, rounded half up to the minor unit. */
export const expectedLoss = (
  principal: MoneyText,
  probabilityBad: number,
  { lossGivenDefault }: Pick<PolicyDocument, 'lossGivenDefault'>,
): MoneyText => {
  const { minor, currency } = parseMoney(principal);
  const divisor = MILLION * WHOLE;
  const loss = minor * partsPerMillion(probabilityBad) * BigInt(lossGivenDefault);
  return formatMoney(moneyOf((loss + divisor / 2n) / divisor, currency));
};
