import { assert, compareMoney, type Money, type MoneyText, parseMoney, parseRate } from '../kernel';
import { costOf } from './cost';
import { takenBy } from './hard-limits';
import type { ChannelFacts, EVIDENCE, Measured, RoutedMovement } from './routing';
import type { RoutingPolicyDocument } from './routing-policy';

/** A number as an exact fraction; the denominator is above zero. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Below zero when a is less than b, zero when equal. Exact. */
export const compareFractions = (a: Fraction, b: Fraction): number => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
};

type Part = 'fit' | 'approval' | 'cost' | 'speed';
const PARTS: readonly Part[] = ['fit', 'approval', 'cost', 'speed'];

/** A channel's marks for a movement, each between 0 and 1, more being better, and their weighted mean. */
export interface Scored {
  readonly channel: string;
  readonly cost: Money;
  readonly evidence: (typeof EVIDENCE)[number];
  readonly parts: Readonly<Record<Part, Fraction>>;
  readonly total: Fraction;
}

type Preference = RoutingPolicyDocument['preferences'][number];

const within = (amount: MoneyText, least: MoneyText | undefined, most: MoneyText | undefined): boolean =>
  [least, most].every((bound) => bound === undefined || bound.currency === amount.currency) &&
  (least === undefined || compareMoney(parseMoney(amount), parseMoney(least)) >= 0) &&
  (most === undefined || compareMoney(parseMoney(amount), parseMoney(most)) <= 0);

/** The first preference of the policy that the movement meets. */
export const preferenceFor = (movement: RoutedMovement, policy: RoutingPolicyDocument): Preference | undefined =>
  policy.preferences.find(
    ({ least, most, loansDrawn = 0 }) =>
      within(movement.amount, least, most) && movement.borrower.loansDrawn >= loansDrawn,
  );

const NOT_MEASURED: Measured = { attempts: 0, settled: 0, seconds: 0 };

/** The narrowest measurement of enough attempts. */
const evidenceIn = (
  { measured }: ChannelFacts,
  leastAttempts: number,
): { readonly evidence: Scored['evidence']; readonly seen: Measured } => {
  const { bandAndBank, band, channel } = measured;
  if (bandAndBank.attempts >= leastAttempts) return { evidence: 'band-and-bank', seen: bandAndBank };
  if (band.attempts >= leastAttempts) return { evidence: 'band', seen: band };
  if (channel.attempts >= leastAttempts) return { evidence: 'channel', seen: channel };
  return { evidence: 'terms', seen: NOT_MEASURED };
};

/** 1 at nothing, 1/2 at `half`, falling for ever: better is always more, however far off. */
const falling = (value: Fraction, half: Fraction): Fraction => {
  const mark = half.numerator * value.denominator;
  return { numerator: mark, denominator: mark + value.numerator * half.denominator };
};

const ONE: Fraction = { numerator: 1n, denominator: 1n };
const NOUGHT: Fraction = { numerator: 0n, denominator: 1n };

/**
 * Marks a channel that can take the movement. Approval: the share of attempts that settled, counted on from the
 * policy's prior. Cost: of its present price, as a share of the amount. Speed: mean or promised time to settlement.
 * Every part is strictly monotone and every weight above zero, so a channel that is better in one respect and worse in
 * none always has the greater total.
 */
export const score = (
  facts: ChannelFacts,
  movement: RoutedMovement,
  policy: RoutingPolicyDocument,
  wanted: Preference | undefined,
): Scored => {
  const { terms, heartbeat } = facts;
  const amount = takenBy(terms, movement);
  assert(amount.minor > 0n, 'a movement is of an amount above zero');
  const { evidence, seen } = evidenceIn(facts, policy.leastAttempts);
  const cost = costOf(heartbeat?.cost ?? terms.cost, amount);
  const seconds: Fraction =
    seen.settled > 0
      ? { numerator: BigInt(seen.seconds), denominator: BigInt(seen.settled) }
      : { numerator: BigInt(terms.promisedSeconds), denominator: 1n };
  const parts: Scored['parts'] = {
    fit: wanted === undefined || wanted.review === terms.review ? ONE : NOUGHT,
    approval: {
      numerator: BigInt(seen.settled + policy.prior.settled),
      denominator: BigInt(seen.attempts + policy.prior.attempts),
    },
    cost: falling({ numerator: cost.minor, denominator: amount.minor }, parseRate(policy.halfCost)),
    speed: falling(seconds, { numerator: BigInt(policy.halfSpeedSeconds), denominator: 1n }),
  };
  return { channel: facts.channel, cost, evidence, parts, total: weighted(parts, policy.weights[movement.urgency]) };
};

const weighted = (parts: Scored['parts'], weights: Readonly<Record<Part, number>>): Fraction => {
  let [sum, weight] = [NOUGHT, 0n];
  for (const part of PARTS) {
    const { numerator, denominator } = parts[part];
    sum = {
      numerator: sum.numerator * denominator + BigInt(weights[part]) * numerator * sum.denominator,
      denominator: sum.denominator * denominator,
    };
    weight += BigInt(weights[part]);
  }
  return { numerator: sum.numerator, denominator: sum.denominator * weight };
};

const DECIMALS = 6;

/** Six decimals of a fraction between 0 and 1, cut off. */
export const shareText = ({ numerator, denominator }: Fraction): string => {
  const cut = ((numerator * 10n ** BigInt(DECIMALS)) / denominator).toString().padStart(DECIMALS + 1, '0');
  return `${cut.slice(0, -DECIMALS)}.${cut.slice(-DECIMALS)}`;
};
