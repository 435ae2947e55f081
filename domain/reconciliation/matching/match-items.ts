import type { Day } from '../../calendar';
import type { Currency, Money } from '../../kernel';
import { spanOf } from './agreement';
import type { FoundBreak, Suspect } from './found-break';
import { amountAt, currencyAt, type ItemTable, numberAt } from './item-table';
import { applyRule } from './join';
import { LedgerSide, minus, sumsOf } from './ledger-side';
import { breaksOfLeftovers } from './leftovers';
import { netCorrections } from './netting';
import { Pairing } from './pairing';
import { type RuleSet, ruleSetId } from './rules';

/** What is held against each other. All tables share one pool of texts. */
export interface Sides {
  readonly ours: ItemTable;
  readonly theirs: ItemTable;
  /** The ledger's entries for our events; absent where only two ways are compared. */
  readonly ledger?: ItemTable;
  /** A line of another date that nothing of ours answers is late, not missing here. */
  readonly statementDay?: Day;
}

/** Money in and money out of one side in one currency, each counted positive, and how many items that is. */
export interface Turnover {
  readonly items: number;
  readonly in: Money;
  readonly out: Money;
}

/** How one side's items came together with the other's. */
export interface Matching {
  readonly rules: string;
  readonly sides: Sides;
  /** Matches that were made; some of them name several items of one side. */
  readonly matched: number;
  /** Items of ours, and lines of theirs, that are in a match. */
  readonly matchedItems: { readonly ours: number; readonly theirs: number };
  /** Lines that the corrections of the statement have taken away. */
  readonly netted: number;
  /** By name of the rule: how many matches it made. */
  readonly matchesByRule: ReadonlyMap<string, number>;
  /** Per currency: what fees have taken that a rule allows. */
  readonly fees: readonly Money[];
  readonly breaks: readonly FoundBreak[];
  /** By line: the number of its match from 0; below 0, it is in the break ~number; above all, it was netted. */
  readonly theirPlaces: Int32Array;
  /** By item of ours: the number of its match from 0; below 0, it is in the break ~number. */
  readonly ourPlaces: Int32Array;
  /** Amounts of theirs as they stand after netting. */
  readonly theirAmounts: BigInt64Array;
}

/**
 * Holds a statement against our events, and both against the ledger, by the rules of a set in their order. Pure: a dry
 * run of another set is another call. Corrections inside the statement are netted first.
 *
 * Every item ends in exactly one match or one break, and per currency Σ differences of the breaks + Σ fees is our total
 * minus theirs. Time grows with the number of items (and the logarithm of how many share one reference).
 */
export const matchItems = (sides: Sides, ruleSet: RuleSet): Matching => {
  const { ours, theirs, ledger, statementDay } = sides;
  const pairing = new Pairing(ours, theirs, netCorrections(theirs));
  const days = { calendar: ruleSet.calendar, ...spanOf([ours, theirs]) };
  for (const [number, rule] of ruleSet.rules.entries()) applyRule(pairing, rule, number, days);

  const books = ledger && new LedgerSide(ledger, ours);
  const suspects: Suspect[] = breaksOfLeftovers(pairing, ruleSet.rules, statementDay);
  for (const suspect of books?.suspects(pairing) ?? []) suspects.push(placed(pairing, suspect, suspects.length));
  const breaks = suspects.map((suspect) => withDifferences(pairing, books, suspect)).toSorted(byFirstItem);
  for (const stray of books?.strays ?? []) breaks.push(strayEntry(books, stray));
  renumber(pairing, breaks);
  return summarised(pairing, { sides, ruleSet, breaks });
};

/** A match that became a break gives its place up, and its fee with it: the break's difference says it now. */
const placed = (pairing: Pairing, suspect: Suspect, number: number): Suspect => {
  const [first] = suspect.ours;
  if (first !== undefined) pairing.fees.delete(pairing.ourPlaces[first] ?? -1);
  for (const own of suspect.ours) pairing.ourPlaces[own] = ~number;
  for (const line of suspect.theirs) pairing.theirPlaces[line] = ~number;
  return suspect;
};

const withDifferences = (pairing: Pairing, books: LedgerSide | undefined, suspect: Suspect): FoundBreak => {
  const own = sumsOf(pairing.ours, pairing.ours.amounts, suspect.ours);
  const differences = minus(own, sumsOf(pairing.theirs, pairing.theirAmounts, suspect.theirs));
  if (books === undefined) return { ...suspect, ledger: [], differences, ledgerDifferences: [] };
  const ledger = suspect.ours.flatMap((at) => books.entriesOf(at));
  const ledgerDifferences = minus(own, sumsOf(books.entries, books.entries.amounts, ledger));
  return { ...suspect, ledger, differences, ledgerDifferences };
};

const strayEntry = (books: LedgerSide | undefined, entry: number): FoundBreak => ({
  type: 'ledger',
  ours: [],
  theirs: [],
  ledger: [entry],
  differences: [],
  ledgerDifferences: books ? minus(new Map(), sumsOf(books.entries, books.entries.amounts, [entry])) : [],
});

const NONE = Number.POSITIVE_INFINITY;

/** Breaks of ours in our order, then lines alone in theirs. */
const byFirstItem = (a: FoundBreak, b: FoundBreak): number => {
  const [mine, others] = [a.ours[0] ?? NONE, b.ours[0] ?? NONE];
  if (mine !== others) return mine - others;
  return (a.theirs[0] ?? NONE) - (b.theirs[0] ?? NONE);
};

const renumber = (pairing: Pairing, breaks: readonly FoundBreak[]): void => {
  for (const [number, { ours, theirs }] of breaks.entries()) {
    for (const own of ours) pairing.ourPlaces[own] = ~number;
    for (const line of theirs) pairing.theirPlaces[line] = ~number;
  }
};

interface Judged {
  readonly sides: Sides;
  readonly ruleSet: RuleSet;
  readonly breaks: readonly FoundBreak[];
}

const summarised = (pairing: Pairing, { sides, ruleSet, breaks }: Judged): Matching => {
  const alive = new Uint8Array(pairing.matches);
  const matchedItems = { ours: 0, theirs: 0 };
  let netted = 0;
  for (const place of pairing.ourPlaces) {
    if (place < 0) continue;
    matchedItems.ours += 1;
    alive[place] = 1;
  }
  for (const place of pairing.theirPlaces) {
    if (place >= pairing.matches) netted += 1;
    else if (place >= 0) matchedItems.theirs += 1;
  }
  const counts = new Uint32Array(ruleSet.rules.length);
  let matched = 0;
  for (let match = 0; match < pairing.matches; match += 1) {
    if (alive[match] !== 1) continue;
    const rule = numberAt(pairing.rules, match);
    counts[rule] = (counts[rule] ?? 0) + 1;
    matched += 1;
  }
  return {
    rules: ruleSetId(ruleSet),
    sides,
    matched,
    matchedItems,
    netted,
    matchesByRule: new Map(ruleSet.rules.map(({ name }, rule) => [name, counts[rule] ?? 0])),
    fees: feesOf(pairing),
    breaks,
    theirPlaces: pairing.theirPlaces,
    ourPlaces: pairing.ourPlaces,
    theirAmounts: pairing.theirAmounts,
  };
};

const feesOf = ({ fees, ourPlaces, ours }: Pairing): readonly Money[] => {
  const sums = new Map<number, bigint>();
  const counted = new Set<number>();
  if (fees.size === 0) return [];
  for (let own = 0; own < ours.length; own += 1) {
    const match = ourPlaces[own] ?? -1;
    const fee = fees.get(match);
    if (fee === undefined || counted.has(match)) continue;
    counted.add(match);
    const currency = numberAt(ours.currencies, own);
    sums.set(currency, (sums.get(currency) ?? 0n) + fee);
  }
  return minus(sums, new Map());
};

/** The turnover of one side, per currency. */
export const turnoverOf = (items: ItemTable): ReadonlyMap<Currency, Turnover> => {
  const sums = new Map<number, { items: number; in: bigint; out: bigint }>();
  for (let at = 0; at < items.length; at += 1) {
    const currency = numberAt(items.currencies, at);
    const sum = sums.get(currency) ?? { items: 0, in: 0n, out: 0n };
    sums.set(currency, sum);
    const amount = amountAt(items.amounts, at);
    sum.items += 1;
    if (amount < 0n) sum.out -= amount;
    else sum.in += amount;
  }
  const money = (minor: bigint, currency: Currency): Money => ({ minor, currency });
  return new Map(
    [...sums].map(([index, sum]) => {
      const currency = currencyAt(index);
      return [currency, { items: sum.items, in: money(sum.in, currency), out: money(sum.out, currency) }];
    }),
  );
};
