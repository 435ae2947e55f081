import { createHash } from 'node:crypto';
import { assert } from '../domain/kernel';
import type { Random } from '../platform/runtime';

/** Chance that can be had again: the same seed gives the same numbers. */
export interface SeededRandom extends Random {
  /**
   * A stream of its own, which depends on this one's seed and the name alone: not on what was drawn before, nor on what
   * else was forked. So one person's fate does not change when another person draws once more.
   */
  fork(name: string): SeededRandom;
}

/** sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, passes PractRand and BigCrush; 32 bits a step. */
const sfc32 = (state: Uint32Array): (() => number) => {
  let [a = 0, b = 0, c = 0, counter = 1] = state;
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
};

const fromDigest = (digest: Buffer): SeededRandom => {
  const bits = sfc32(Uint32Array.from([0, 4, 8, 12], (offset) => digest.readUInt32LE(offset)));
  return {
    // 53 bits, as many as a double holds.
    next: () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53,
    fork: (name) => fromDigest(createHash('sha256').update(digest).update(name).digest()),
  };
};

/** A stream of numbers in [0, 1) that follows from the seed. */
export const seededRandom = (seed: string): SeededRandom => fromDigest(createHash('sha256').update(seed).digest());

/** A number in [least, most). */
export const between = (random: Random, least: number, most: number): number => least + (most - least) * random.next();

/** A whole number from `least` to `most`, both included. */
export const int = (random: Random, least: number, most: number): number =>
  Math.floor(between(random, least, most + 1));

/** True with this probability. */
export const chance = (random: Random, probability: number): boolean => random.next() < probability;

/** One of the items, each as likely as the others. */
export const pick = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[int(random, 0, items.length - 1)];
  assert(item !== undefined, 'nothing to pick from');
  return item;
};

/** One of the names, as likely as its weight says; the weights need not add up to anything. */
export const weighted = <Name extends string>(random: Random, weights: Readonly<Record<Name, number>>): Name => {
  const entries = Object.entries<number>(weights) as [Name, number][];
  let left = random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  // Only roundings of the sum come here.
  const last = entries.findLast(([, weight]) => weight > 0);
  assert(last !== undefined, 'nothing has any weight');
  return last[0];
};
