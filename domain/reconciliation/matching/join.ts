import { type Agreement, agreementOf, type Days } from './agreement';
import { type Chains, chainOf, chainsOf } from './buckets';
import { amountAt, numberAt } from './item-table';
import type { Keys } from './keys';
import { FREE, type Pairing } from './pairing';
import type { Rule } from './rules';

/** Lets one rule match what is still free on both sides. Time grows with the number of items, times log of a bucket. */
export const applyRule = (pairing: Pairing, rule: Rule, number: number, days: Days): void => {
  const { keys, ours, theirs } = pairing;
  const oursKeys = keys.oursFor(rule, pairing.isFreeOurs);
  const theirsKeys = keys.theirsFor(rule, pairing.isFreeTheirs);
  const agreement = agreementOf(rule, days);
  // Asked for after the keys: making them may add texts.
  const size = ours.pool.size;
  const mine = chainsOf(oursKeys, ours.length, pairing.ourPlaces, FREE, size);
  if (rule.reference.by === 'contained') {
    joinNames({ pairing, rule, number, agreement, mine }, oursKeys, rule.reference.leastLength);
    return;
  }
  const others = chainsOf(theirsKeys, theirs.length, pairing.theirPlaces, FREE, size);
  joinKeys({ pairing, rule, number, agreement, mine }, others, theirsKeys);
};

interface Joining {
  readonly pairing: Pairing;
  readonly rule: Rule;
  readonly number: number;
  readonly agreement: Agreement;
  readonly mine: Chains;
}

const joinKeys = (joining: Joining, others: Chains, keys: Keys): void => {
  const { theirs } = joining.pairing;
  for (let line = 0; line < theirs.length; line += 1) {
    const key = numberAt(keys, line);
    // Once per key: at the line that heads its chain.
    if (others.heads[key] !== line || (joining.mine.heads[key] ?? -1) < 0) continue;
    joinBucket(joining, chainOf(joining.mine, key), chainOf(others, key));
  }
};

/** A name that more items of ours have is none; and looking through them for every line would take the square. */
const MOST_NAMESAKES = 16;

/** Lines whose text names references of ours: one reference makes a bucket; several make one bulk line. */
const joinNames = (joining: Joining, keys: Keys, least: number): void => {
  const { pairing, rule, mine } = joining;
  const lengths = pairing.keys.lengthsOf(keys, mine.heads, least);
  if (lengths.size === 0) return;
  const named = new Map<number, number[]>();
  for (let line = 0; line < pairing.theirs.length; line += 1) {
    if (pairing.theirPlaces[line] !== FREE) continue;
    const found = pairing.keys.namesIn(line, lengths, mine.heads);
    const [only] = found;
    if (only === undefined) continue;
    if (rule.cardinality === 'n-1') {
      joinBucket(
        joining,
        found.flatMap((key) => chainOf(mine, key, MOST_NAMESAKES)),
        [line],
      );
    } else if (found.length === 1) {
      const lines = named.get(only);
      if (lines === undefined) named.set(only, [line]);
      else lines.push(line);
    }
  }
  for (const [key, lines] of named) joinBucket(joining, chainOf(mine, key), lines);
};

/** Items that share a key: single ones find each other, or one stands against all. */
const joinBucket = (joining: Joining, mine: readonly number[], lines: readonly number[]): void => {
  const { pairing, rule, number, agreement } = joining;
  switch (rule.cardinality) {
    case '1-1':
      joinSingles(joining, mine, lines);
      return;
    case '1-n':
      if (mine.length === 1) joinWhole(pairing, number, agreement, mine, lines);
      return;
    case 'n-1':
      if (lines.length === 1) joinWhole(pairing, number, agreement, mine, lines);
      return;
  }
};

/** All of both sides as one match, when the sums agree and every item does in currency, date and status. */
const joinWhole = (
  pairing: Pairing,
  number: number,
  agreement: Agreement,
  mine: readonly number[],
  lines: readonly number[],
): void => {
  const [first] = mine;
  if (first === undefined || mine.some((at) => pairing.ourPlaces[at] !== FREE)) return;
  const { ours } = pairing;
  const currency = numberAt(ours.currencies, first);
  const agrees = mine.every((own) => lines.every((line) => agreesAside(pairing, agreement, own, line)));
  if (!agrees) return;
  const total = mine.reduce((sum, at) => sum + amountAt(ours.amounts, at), 0n);
  const fee = total - lines.reduce((sum, at) => sum + amountAt(pairing.theirAmounts, at), 0n);
  if (fee >= 0n && fee <= agreement.mostFee(total, currency)) pairing.match(number, mine, lines, fee);
};

/** Currency, status and date: everything but the amount. One side is a single item, so this is asked n times. */
const agreesAside = ({ ours, theirs }: Pairing, { sameStatus, dated }: Agreement, own: number, line: number): boolean =>
  ours.currencies[own] === theirs.currencies[line] &&
  (!sameStatus || ours.statuses[own] === theirs.statuses[line]) &&
  dated(numberAt(ours.days, own), numberAt(theirs.days, line)) === 0;

const joinSingles = (joining: Joining, mine: readonly number[], lines: readonly number[]): void => {
  const { pairing, agreement } = joining;
  const [a, b] = [orderedOurs(pairing, agreement, mine), orderedTheirs(pairing, agreement, lines)];
  let [i, j] = [0, 0];
  for (let own = a[i], line = b[j]; own !== undefined && line !== undefined; own = a[i], line = b[j]) {
    const next = compare(pairing, agreement, own, line);
    if (next === 0) {
      const fee = amountAt(pairing.ours.amounts, own) - amountAt(pairing.theirAmounts, line);
      pairing.match(joining.number, [own], [line], fee);
    }
    // What is too small or too early for the other side's next can only be so for those after it.
    if (next <= 0) i += 1;
    if (next >= 0) j += 1;
  }
};

/** 0: they agree. Below: ours comes too early in the order for any line that is left. Above: theirs does. */
const compare = (pairing: Pairing, agreement: Agreement, own: number, line: number): number => {
  const { ours, theirs } = pairing;
  const kind = classOf(ours, own, agreement) - classOf(theirs, line, agreement);
  if (kind !== 0) return kind;
  const amount = amountAt(ours.amounts, own);
  const fee = amount - amountAt(pairing.theirAmounts, line);
  if (fee < 0n) return -1;
  if (fee !== 0n && fee > agreement.mostFee(amount, numberAt(ours.currencies, own))) return 1;
  return -agreement.dated(numberAt(ours.days, own), numberAt(theirs.days, line));
};

type Side = Pick<Pairing['ours'], 'currencies' | 'statuses' | 'days'>;

/** What must be the same for two items to agree at all. */
const classOf = ({ currencies, statuses }: Side, at: number, { sameStatus }: Agreement): number =>
  numberAt(currencies, at) * 8 + (sameStatus ? numberAt(statuses, at) : 0);

const orderedOurs = ({ ours }: Pairing, agreement: Agreement, items: readonly number[]): readonly number[] =>
  items.length < 2 ? items : items.toSorted(ordering(ours, ours.amounts, agreement));

const orderedTheirs = (pairing: Pairing, agreement: Agreement, items: readonly number[]): readonly number[] =>
  items.length < 2 ? items : items.toSorted(ordering(pairing.theirs, pairing.theirAmounts, agreement));

const ordering =
  (side: Side, amounts: BigInt64Array, agreement: Agreement) =>
  (a: number, b: number): number => {
    const kind = classOf(side, a, agreement) - classOf(side, b, agreement);
    if (kind !== 0) return kind;
    const difference = amountAt(amounts, a) - amountAt(amounts, b);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
    return numberAt(side.days, a) - numberAt(side.days, b) || a - b;
  };
