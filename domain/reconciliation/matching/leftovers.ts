import { chainOf, chainsOf } from './buckets';
import type { BreakType, Suspect } from './found-break';
import { amountAt, numberAt } from './item-table';
import type { Keys, Recognition } from './keys';
import { FREE, type Pairing } from './pairing';
import type { Rule } from './rules';

/**
 * Makes breaks of what no rule has matched: first of items that recognise each other and do not agree, then of those
 * that stand alone. Every free item ends in exactly one break.
 */
export const breaksOfLeftovers = (pairing: Pairing, rules: readonly Rule[], statementDay?: number): Suspect[] => {
  const found: Suspect[] = [];
  const open = (type: BreakType, ours: readonly number[], theirs: readonly number[]): void => {
    const place = ~found.length;
    for (const own of ours) pairing.ourPlaces[own] = place;
    for (const line of theirs) pairing.theirPlaces[line] = place;
    found.push({ type, ours, theirs });
  };
  const ways = recognitions(rules);
  for (const way of ways) disagreements(pairing, way, open);
  openAlone(pairing, ways, statementDay, open);
  return found;
};

type Open = (type: BreakType, ours: readonly number[], theirs: readonly number[]) => void;

/** The ways in which the rules recognise items, each once. */
const recognitions = (rules: readonly Rule[]): readonly Recognition[] => {
  const ways = new Map<string, Recognition>();
  for (const { reference, cardinality } of rules) {
    const kind = reference.by === 'group' ? `group ${cardinality}` : reference.by;
    if (!ways.has(kind)) ways.set(kind, { reference, cardinality });
  }
  return [...ways.values()];
};

const disagreements = (pairing: Pairing, way: Recognition, open: Open): void => {
  const { keys, ours, theirs } = pairing;
  const oursKeys = keys.oursFor(way, pairing.isFreeOurs);
  const theirsKeys =
    way.reference.by === 'contained'
      ? namesOfLines(pairing, oursKeys, way, pairing.ourPlaces)
      : keys.theirsFor(way, pairing.isFreeTheirs);
  const size = ours.pool.size;
  const mine = chainsOf(oursKeys, ours.length, pairing.ourPlaces, FREE, size);
  const others = chainsOf(theirsKeys, theirs.length, pairing.theirPlaces, FREE, size);
  for (let line = 0; line < theirs.length; line += 1) {
    const key = numberAt(theirsKeys, line);
    if (others.heads[key] !== line || (mine.heads[key] ?? -1) < 0) continue;
    const [a, b] = [chainOf(mine, key), chainOf(others, key)];
    if (way.reference.by === 'group') open(typeOf(pairing, a, b), a, b);
    else openPairs(pairing, a, b, open);
  }
};

/** By line that is free: the one reference that its text names, of those items of ours whose places are free. */
const namesOfLines = (pairing: Pairing, oursKeys: Keys, { reference }: Recognition, places: Int32Array): Keys => {
  const { keys, ours, theirs } = pairing;
  const named = new Uint32Array(theirs.length);
  const mine = chainsOf(oursKeys, ours.length, places, FREE, ours.pool.size);
  const lengths = keys.lengthsOf(oursKeys, mine.heads, reference.by === 'contained' ? reference.leastLength : 0);
  if (lengths.size === 0) return named;
  for (let line = 0; line < theirs.length; line += 1) {
    if (pairing.theirPlaces[line] !== FREE) continue;
    const [only, ...more] = keys.namesIn(line, lengths, mine.heads);
    if (only !== undefined && more.length === 0) named[line] = only;
  }
  return named;
};

/** Pairs up items of one reference: those of one amount first, the others in order. What is too many stays free. */
const openPairs = (pairing: Pairing, mine: readonly number[], lines: readonly number[], open: Open): void => {
  const { ours, theirs, theirAmounts } = pairing;
  const byAmount = new Map<string, number[]>();
  for (const own of mine.toReversed()) {
    const key = `${ours.currencies[own]} ${ours.amounts[own]}`;
    const same = byAmount.get(key);
    if (same === undefined) byAmount.set(key, [own]);
    else same.push(own);
  }
  const rest: number[] = [];
  for (const line of lines) {
    const own = byAmount.get(`${theirs.currencies[line]} ${theirAmounts[line]}`)?.pop();
    if (own === undefined) rest.push(line);
    else open(typeOf(pairing, [own], [line]), [own], [line]);
  }
  const alone = mine.filter((own) => pairing.ourPlaces[own] === FREE);
  for (const [nth, line] of rest.slice(0, alone.length).entries()) {
    const own = alone[nth];
    if (own !== undefined) open(typeOf(pairing, [own], [line]), [own], [line]);
  }
};

/** What is wrong between items that recognise each other; the gravest word first. */
const typeOf = (pairing: Pairing, mine: readonly number[], lines: readonly number[]): BreakType => {
  const { ours, theirs, theirAmounts } = pairing;
  const currencies = new Set([
    ...mine.map((own) => numberAt(ours.currencies, own)),
    ...lines.map((line) => numberAt(theirs.currencies, line)),
  ]);
  if (currencies.size > 1) return 'currency';
  const own = mine.reduce((sum, at) => sum + amountAt(ours.amounts, at), 0n);
  const their = lines.reduce((sum, at) => sum + amountAt(theirAmounts, at), 0n);
  if ((own < 0n && their > 0n) || (own > 0n && their < 0n)) return 'direction';
  if (own !== their) return 'amount';
  const statuses = new Set([...mine.map((at) => ours.statuses[at]), ...lines.map((at) => theirs.statuses[at])]);
  return statuses.size > 1 ? 'status' : 'late';
};

const openAlone = (pairing: Pairing, ways: readonly Recognition[], statementDay: number | undefined, open: Open) => {
  const { ours, theirs } = pairing;
  for (let own = 0; own < ours.length; own += 1) if (pairing.ourPlaces[own] === FREE) open('missing-there', [own], []);
  const free: number[] = [];
  for (let line = 0; line < theirs.length; line += 1) if (pairing.theirPlaces[line] === FREE) free.push(line);
  const known = knownLines(pairing, ways, free);
  for (const line of free) {
    if (known.has(line)) open('duplicate', [], [line]);
    else open(statementDay !== undefined && theirs.days[line] !== statementDay ? 'late' : 'missing-here', [], [line]);
  }
};

/** Lines that recognise an item of ours which has its place already. */
const knownLines = (pairing: Pairing, ways: readonly Recognition[], lines: readonly number[]): ReadonlySet<number> => {
  const known = new Set<number>();
  for (const way of ways) {
    const rest = lines.filter((line) => !known.has(line));
    for (const line of linesKnownBy(pairing, way, rest)) known.add(line);
  }
  return known;
};

const linesKnownBy = (pairing: Pairing, way: Recognition, lines: readonly number[]): readonly number[] => {
  if (way.reference.by === 'contained') return linesNaming(pairing, way, lines);
  const keys = pairing.keys.theirsFor(way, pairing.isFreeTheirs);
  const wanted = new Set(lines.map((line) => numberAt(keys, line)).filter((key) => key !== 0));
  const known = pairing.keys.knownOf(wanted, way);
  return lines.filter((line) => known.has(numberAt(keys, line)));
};

/** Only where there is a text to look into are all of our references worth preparing. */
const linesNaming = (pairing: Pairing, way: Recognition, lines: readonly number[]): readonly number[] => {
  if (lines.every((line) => pairing.theirs.texts[line] === 0)) return [];
  const keys = pairing.keys.oursFor(way, () => true);
  const named = namesOfLines(pairing, keys, way, new Int32Array(pairing.ours.length).fill(FREE));
  return lines.filter((line) => named[line] !== 0);
};
