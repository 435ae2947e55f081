import type { ItemTable } from './item-table';
import { KeyRing } from './keys';
import type { Netted } from './netting';

/** The place of an item that is in no match and no break yet. */
export const FREE = -0x80000000;
/** The place of a line that netting has taken away. */
const NETTED = 0x7fffffff;

/** One run: both sides, and where each item has found its place. Places from 0 are matches; breaks are ~number. */
export class Pairing {
  readonly ours: ItemTable;
  readonly theirs: ItemTable;
  readonly theirAmounts: BigInt64Array;
  readonly keys: KeyRing;
  readonly ourPlaces: Int32Array;
  readonly theirPlaces: Int32Array;
  /** By match: the number of the rule that made it. */
  readonly rules: Uint8Array;
  /** By match: what a fee has taken; absent where nothing was. */
  readonly fees = new Map<number, bigint>();
  matches = 0;

  constructor(ours: ItemTable, theirs: ItemTable, { amounts, gone }: Netted) {
    this.ours = ours;
    this.theirs = theirs;
    this.theirAmounts = amounts;
    this.keys = new KeyRing(ours, theirs);
    this.ourPlaces = new Int32Array(ours.length).fill(FREE);
    this.theirPlaces = new Int32Array(theirs.length).fill(FREE);
    for (let line = 0; line < theirs.length; line += 1) if (gone[line] === 1) this.theirPlaces[line] = NETTED;
    this.rules = new Uint8Array(Math.min(ours.length, theirs.length));
  }

  readonly isFreeOurs = (own: number): boolean => this.ourPlaces[own] === FREE;
  readonly isFreeTheirs = (line: number): boolean => this.theirPlaces[line] === FREE;

  match(rule: number, mine: readonly number[], lines: readonly number[], fee: bigint): void {
    const match = this.matches;
    this.matches += 1;
    this.rules[match] = rule;
    if (fee !== 0n) this.fees.set(match, fee);
    for (const own of mine) this.ourPlaces[own] = match;
    for (const line of lines) this.theirPlaces[line] = match;
  }
}
