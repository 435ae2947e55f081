import type { Codes, Scale } from './quantise';
import { type Bounds, bestSplit, type Candidate, type Histogram, leafValue, type SplitRules } from './split';
import type { Node } from './tree';

export interface GrowingRules extends SplitRules {
  readonly depth: number;
  readonly learningRate: number;
}

/** What trees are grown from: codes by input and row, and the derivatives of the loss at each row. */
export interface Ground {
  readonly scales: readonly Scale[];
  readonly codes: Codes;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

const histogramOf = ({ scales, codes, gradient, hessian }: Ground, input: number, rows: Int32Array): Histogram => {
  const size = scales[input]?.codes ?? 0;
  const gradients = new Float64Array(size);
  const hessians = new Float64Array(size);
  const counts = new Float64Array(size);
  const own = codes[input] ?? new Uint8Array();
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0;
    const code = own[row] ?? 0;
    gradients[code] = (gradients[code] ?? 0) + (gradient[row] ?? 0);
    hessians[code] = (hessians[code] ?? 0) + (hessian[row] ?? 0);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return { gradient: gradients, hessian: hessians, rows: counts };
};

interface Best extends Candidate {
  readonly input: number;
}

const bestOf = (
  ground: Ground,
  inputs: readonly number[],
  rows: Int32Array,
  rules: SplitRules,
  bounds: Bounds,
): Best | undefined => {
  let best: Best | undefined;
  for (const input of inputs) {
    const scale = ground.scales[input];
    if (scale === undefined) continue;
    const candidate = bestSplit(scale, histogramOf(ground, input, rows), rules, bounds);
    if (candidate !== undefined && candidate.gain > (best?.gain ?? 0)) best = { ...candidate, input };
  }
  return best;
};

const totals = ({ gradient, hessian }: Ground, rows: Int32Array): readonly [number, number] => {
  let gradients = 0;
  let hessians = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0;
    gradients += gradient[row] ?? 0;
    hessians += hessian[row] ?? 0;
  }
  return [gradients, hessians];
};

/** Bounds for both sides of a split: where the input is monotone, neither passes the middle of the two values. */
const boundsBelow = (
  ground: Ground,
  split: Best,
  sides: readonly [Int32Array, Int32Array],
  { lambda }: SplitRules,
  bounds: Bounds,
): readonly [Bounds, Bounds] => {
  const scale = ground.scales[split.input];
  const monotone = scale === undefined || scale.kind === 'nominal' ? 0 : scale.monotone;
  if (monotone === 0) return [bounds, bounds];
  const [left, right] = sides.map((rows) => leafValue(...totals(ground, rows), lambda, bounds));
  const middle = ((left ?? 0) + (right ?? 0)) / 2;
  const below = { ...bounds, most: middle };
  const above = { ...bounds, least: middle };
  return monotone > 0 ? [below, above] : [above, below];
};

/** The rows that go left and those that go right, in their order. */
const parted = (rows: Int32Array, codes: Uint8Array, goesLeft: Uint8Array): readonly [Int32Array, Int32Array] => {
  const left = new Int32Array(rows.length);
  const right = new Int32Array(rows.length);
  let lefts = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0;
    if (goesLeft[codes[row] ?? 0] === 1) {
      left[lefts] = row;
      lefts += 1;
    } else {
      right[place - lefts] = row;
    }
  }
  return [left.subarray(0, lefts), right.subarray(0, rows.length - lefts)];
};

const UNBOUNDED: Bounds = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

/** One regression tree on the derivatives of the loss (Friedman 2001; second order as in Chen and Guestrin 2016). */
export const growTree = (ground: Ground, inputs: readonly number[], rows: Int32Array, rules: GrowingRules): Node => {
  const grow = (here: Int32Array, depth: number, bounds: Bounds): Node => {
    const split = depth < rules.depth ? bestOf(ground, inputs, here, rules, bounds) : undefined;
    if (split === undefined) {
      const value = leafValue(...totals(ground, here), rules.lambda, bounds) * rules.learningRate;
      return { kind: 'leaf', value, rows: here.length };
    }
    const [left, right] = parted(here, ground.codes[split.input] ?? new Uint8Array(), split.goesLeft);
    const [leftBounds, rightBounds] = boundsBelow(ground, split, [left, right], rules, bounds);
    return {
      kind: 'split',
      ...split,
      rows: here.length,
      left: grow(left, depth + 1, leftBounds),
      right: grow(right, depth + 1, rightBounds),
    };
  };
  return grow(rows, 0, UNBOUNDED);
};
