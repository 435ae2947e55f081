import { numberAt } from './item-table';
import type { Keys } from './keys';

/** Items of one side by their key: the first item of each key, and from each item the next one. Indices ascend. */
export interface Chains {
  /** By key; −1 where there is none. */
  readonly heads: Int32Array;
  /** By item; −1 at the end. */
  readonly next: Int32Array;
}

/** Chains the items that are still free and have a key. Keys are small numbers, so this is all the hashing there is. */
export const chainsOf = (keys: Keys, length: number, places: Int32Array, free: number, size: number): Chains => {
  const heads = new Int32Array(size).fill(-1);
  const next = new Int32Array(length).fill(-1);
  for (let at = length - 1; at >= 0; at -= 1) {
    const key = numberAt(keys, at);
    if (key === 0 || places[at] !== free) continue;
    next[at] = heads[key] ?? -1;
    heads[key] = at;
  }
  return { heads, next };
};

/** The items of one key, in order; none when there are more than `most`. */
export const chainOf = ({ heads, next }: Chains, key: number, most = Number.POSITIVE_INFINITY): number[] => {
  const items: number[] = [];
  for (let at = heads[key] ?? -1; at >= 0; at = next[at] ?? -1) {
    if (items.length === most) return [];
    items.push(at);
  }
  return items;
};
