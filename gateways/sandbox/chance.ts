import { createHash } from 'node:crypto';

/** SHA-256 over the parts, hex. Everything that the sandbox "happens" to do follows from its seed through this. */
export const digestOf = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** A number in [0, 1) that depends on the parts alone, not on the order in which things are asked. */
export const chanceOf = (...parts: readonly (string | number)[]): number =>
  Number.parseInt(digestOf(...parts).slice(0, 12), 16) / 2 ** 48;

/** Picks a name by weight; what the weights leave of 1 goes to `otherwise`. */
export const pickWeighted = <Name extends string>(
  draw: number,
  weights: readonly (readonly [name: Name, weight: number])[],
  otherwise: Name,
): Name => {
  let edge = 0;
  for (const [name, weight] of weights) {
    edge += weight;
    if (draw < edge) return name;
  }
  return otherwise;
};
