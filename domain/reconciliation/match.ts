import { type Currency, formatMoney, type Money, moneyOf, parseMoney } from '../kernel';
import type { Break, Movement, StatementLine } from './events';
import { netCorrections } from './netting';
import { signedMinor } from './signed';

/** A statement beside our own movements: what agrees, what does not, and both totals. */
export interface Matching {
  /** Our reference and their line, for every movement that both sides show alike. */
  readonly pairs: readonly [reference: string, lineId: string][];
  readonly breaks: readonly Break[];
  readonly ours: Sums;
  /** Of all lines as received, corrections included. */
  readonly theirs: Sums;
}

/** Money in and money out, each counted positive. */
export interface Sums {
  readonly in: Money;
  readonly out: Money;
}

/** One of ours beside one of theirs, or either alone. */
type Meeting =
  | { readonly ours: Movement; readonly theirs: StatementLine }
  | { readonly ours: Movement; readonly theirs?: never }
  | { readonly ours?: never; readonly theirs: StatementLine };

/**
 * Compares a statement with our movements, item by item: by reference, then by amount and direction. Corrections within
 * the statement are netted first. Of several items under one reference those that agree exactly are paired, then the
 * rest in order; a line too many is a duplicate.
 *
 * Every item is in exactly one pair or one break, so Σ differences of the breaks is exactly our total minus theirs.
 * Time and space grow with the number of items. All amounts are in the one currency.
 */
export const match = (
  lines: readonly StatementLine[],
  movements: readonly Movement[],
  currency: Currency,
): Matching => {
  const pairs: [string, string][] = [];
  const breaks: Break[] = [];
  const theirs = groupBy(netCorrections(lines), ({ reference }) => reference);
  const ours = groupBy(movements, ({ reference }) => reference);
  const sortOut = (reference: string, meetings: readonly Meeting[]): void => {
    const breakId = breakIds(reference);
    const known = ours.has(reference);
    for (const meeting of meetings) {
      const type = breakType(meeting, known);
      if (type !== undefined) breaks.push({ breakId: breakId(type), type, reference, ...sidesOf(meeting, currency) });
      else if (meeting.theirs) pairs.push([reference, meeting.theirs.lineId]);
    }
  };
  for (const [reference, own] of ours) sortOut(reference, meet(own, theirs.get(reference) ?? []));
  for (const [reference, unknown] of theirs) if (!ours.has(reference)) sortOut(reference, meet([], unknown));
  return { pairs, breaks, ours: sumsOf(movements, currency), theirs: sumsOf(lines, currency) };
};

/** Brings the items of one reference together: those that agree exactly first, the others in order. */
const meet = (ours: readonly Movement[], theirs: readonly StatementLine[]): readonly Meeting[] => {
  const expected = groupBy(ours, signedMinor);
  const meetings: Meeting[] = [];
  const rest: StatementLine[] = [];
  for (const line of theirs) {
    const movement = expected.get(signedMinor(line))?.pop();
    if (movement) meetings.push({ ours: movement, theirs: line });
    else rest.push(line);
  }
  const alone = [...expected.values()].flat();
  return [
    ...meetings,
    ...alone.map((movement, index) => pairUp(movement, rest[index])),
    ...rest.slice(alone.length).map((line) => ({ theirs: line })),
  ];
};

const pairUp = (ours: Movement, theirs: StatementLine | undefined): Meeting => (theirs ? { ours, theirs } : { ours });

/** What is wrong with a meeting, if anything; `known` when any movement of ours has the reference. */
const breakType = ({ ours, theirs }: Meeting, known: boolean): Break['type'] | undefined => {
  if (theirs === undefined) return 'missing-there';
  if (ours === undefined) return known ? 'duplicate' : 'missing-here';
  if (signedMinor(ours) === signedMinor(theirs)) return undefined;
  return ours.direction === theirs.direction ? 'amount' : 'direction';
};

const sidesOf = ({ ours, theirs }: Meeting, currency: Currency): Pick<Break, 'difference' | 'ours' | 'theirs'> => {
  const difference = (ours ? signedMinor(ours) : 0n) - (theirs ? signedMinor(theirs) : 0n);
  return {
    difference: formatMoney(moneyOf(difference, currency)),
    ...(ours && { ours }),
    ...(theirs && { theirs }),
  };
};

/** Ids of breaks under a reference: the same statement against the same movements gives the same ids. */
const breakIds = (reference: string): ((type: Break['type']) => string) => {
  const used = new Map<Break['type'], number>();
  return (type) => {
    const nth = (used.get(type) ?? 0) + 1;
    used.set(type, nth);
    return nth === 1 ? `${type}-${reference}` : `${type}-${reference}-${nth}`;
  };
};

const sumsOf = (items: readonly (Movement | StatementLine)[], currency: Currency): Sums => {
  const sums = { in: 0n, out: 0n };
  for (const { direction, amount } of items) sums[direction] += parseMoney(amount).minor;
  return { in: moneyOf(sums.in, currency), out: moneyOf(sums.out, currency) };
};

const groupBy = <Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};
