import type { Money } from '../../kernel';
import { moneyOf } from '../../kernel';
import type { Suspect } from './found-break';
import { amountAt, currencyAt, type ItemTable, numberAt } from './item-table';
import { FREE, type Pairing } from './pairing';

/** The ledger beside our events: its entries by the event that caused them. */
export class LedgerSide {
  readonly entries: ItemTable;
  readonly #ours: ItemTable;
  /** By item of ours: its first entry, and from each entry the next one; −1 at the end. */
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  /** Entries that no event of ours accounts for. */
  readonly strays: readonly number[];

  constructor(entries: ItemTable, ours: ItemTable) {
    this.entries = entries;
    this.#ours = ours;
    this.#heads = new Int32Array(ours.length).fill(-1);
    this.#next = new Int32Array(entries.length).fill(-1);
    const byEvent = new Int32Array(ours.pool.size).fill(-1);
    for (let own = ours.length - 1; own >= 0; own -= 1) byEvent[numberAt(ours.ids, own)] = own;
    const strays: number[] = [];
    for (let entry = entries.length - 1; entry >= 0; entry -= 1) {
      const own = byEvent[numberAt(entries.references, entry)] ?? -1;
      if (own < 0) {
        strays.push(entry);
        continue;
      }
      this.#next[entry] = this.#heads[own] ?? -1;
      this.#heads[own] = entry;
    }
    this.strays = strays.toReversed();
  }

  entriesOf(own: number): readonly number[] {
    const entries: number[] = [];
    for (let at = this.#heads[own] ?? -1; at >= 0; at = this.#next[at] ?? -1) entries.push(at);
    return entries;
  }

  /** Whether the books say of an event what the event says. */
  agrees(own: number): boolean {
    const { amounts, currencies } = this.entries;
    let left = amountAt(this.#ours.amounts, own);
    for (let at = this.#heads[own] ?? -1; at >= 0; at = this.#next[at] ?? -1) {
      if (currencies[at] !== this.#ours.currencies[own]) return false;
      left -= amountAt(amounts, at);
    }
    return left === 0n;
  }

  /**
   * Takes the matches apart whose events the books do not show alike. What agrees outside and not inside is a break,
   * however good the match.
   */
  suspects(pairing: Pairing): readonly Suspect[] {
    const off = new Map<number, { readonly ours: number[]; readonly theirs: number[] }>();
    for (let own = 0; own < this.#ours.length; own += 1) {
      const place = pairing.ourPlaces[own] ?? FREE;
      if (place >= 0 && !this.agrees(own)) off.set(place, { ours: [], theirs: [] });
    }
    if (off.size === 0) return [];
    for (const [own, place] of pairing.ourPlaces.entries()) off.get(place)?.ours.push(own);
    for (const [line, place] of pairing.theirPlaces.entries()) off.get(place)?.theirs.push(line);
    return [...off.values()].map(({ ours, theirs }) => ({ type: 'ledger', ours, theirs }));
  }
}

/** Sums of some items of one side, per currency. */
export const sumsOf = (items: ItemTable, amounts: BigInt64Array, which: readonly number[]): Map<number, bigint> => {
  const sums = new Map<number, bigint>();
  for (const at of which) {
    const currency = numberAt(items.currencies, at);
    sums.set(currency, (sums.get(currency) ?? 0n) + amountAt(amounts, at));
  }
  return sums;
};

/** What one side has more than the other, per currency, where it is not nothing. */
export const minus = (a: ReadonlyMap<number, bigint>, b: ReadonlyMap<number, bigint>): readonly Money[] =>
  [...new Set([...a.keys(), ...b.keys()])]
    .toSorted((one, other) => one - other)
    .map((currency) => moneyOf((a.get(currency) ?? 0n) - (b.get(currency) ?? 0n), currencyAt(currency)))
    .filter(({ minor }) => minor !== 0n);
