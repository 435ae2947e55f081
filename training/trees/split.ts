import type { Scale } from './quantise';

export interface SplitRules {
  /** Added to the sum of second derivatives (ridge on leaf values). */
  readonly lambda: number;
  /** A side has at least this sum of second derivatives. */
  readonly leastHessian: number;
  /** A side has at least this many rows. */
  readonly leastRows: number;
  /** A split must gain more. */
  readonly leastGain: number;
}

/** First and second derivatives of the loss, and rows, by code. */
export interface Histogram {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly rows: Float64Array;
}

/** What a leaf may say at least and at most, so that a monotone input stays monotone further down. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

export interface Candidate {
  readonly goesLeft: Uint8Array;
  readonly gain: number;
}

interface Side {
  gradient: number;
  hessian: number;
  rows: number;
}

/** The value of a leaf: a Newton step with a ridge, within its bounds. */
export const leafValue = (gradient: number, hessian: number, lambda: number, { least, most }: Bounds): number =>
  Math.min(most, Math.max(least, -gradient / (hessian + lambda)));

const side = (): Side => ({ gradient: 0, hessian: 0, rows: 0 });

const score = ({ gradient, hessian }: Side, lambda: number): number => gradient ** 2 / (hessian + lambda);

/** Codes in the order in which a cut may fall between them; those that are not there are left out. */
const orderOf = (scale: Scale, { gradient, hessian, rows }: Histogram): readonly number[] => {
  const present: number[] = [];
  for (let code = 0; code < scale.codes - 1; code += 1) if ((rows[code] ?? 0) > 0) present.push(code);
  if (scale.kind !== 'nominal') return present;
  // Sorted by their own best values, the best set of levels is one end of the list (Fisher 1958).
  const lean = (code: number): number => (gradient[code] ?? 0) / ((hessian[code] ?? 0) + 1);
  return present.sort((a, b) => lean(a) - lean(b));
};

const isAllowed = (left: Side, right: Side, rules: SplitRules, scale: Scale, bounds: Bounds): boolean => {
  const { leastHessian, leastRows, lambda } = rules;
  if (left.rows < leastRows || right.rows < leastRows) return false;
  if (left.hessian < leastHessian || right.hessian < leastHessian) return false;
  if (scale.kind === 'nominal' || scale.monotone === 0) return true;
  const leftValue = leafValue(left.gradient, left.hessian, lambda, bounds);
  const rightValue = leafValue(right.gradient, right.hessian, lambda, bounds);
  return scale.monotone > 0 ? leftValue <= rightValue : leftValue >= rightValue;
};

interface Cut {
  readonly gain: number;
  /** How many of the ordered codes go left. */
  readonly length: number;
  readonly isMissingLeft: boolean;
}

/** The best cut with what is missing on one side. */
const bestCut = (
  scale: Scale,
  histogram: Histogram,
  order: readonly number[],
  rules: SplitRules,
  bounds: Bounds,
  isMissingLeft: boolean,
): Cut | undefined => {
  const left = side();
  const right = side();
  const total = side();
  const move = (to: Side, code: number, sign: 1 | -1): void => {
    to.gradient += sign * (histogram.gradient[code] ?? 0);
    to.hessian += sign * (histogram.hessian[code] ?? 0);
    to.rows += sign * (histogram.rows[code] ?? 0);
  };
  const missing = scale.codes - 1;
  for (const code of [...order, missing]) move(total, code, 1);
  for (const code of order) move(right, code, 1);
  move(isMissingLeft ? left : right, missing, 1);
  const before = score(total, rules.lambda);
  let best: Cut | undefined;
  for (let length = 1; length < order.length; length += 1) {
    const code = order[length - 1] ?? 0;
    move(left, code, 1);
    move(right, code, -1);
    if (!isAllowed(left, right, rules, scale, bounds)) continue;
    const gain = score(left, rules.lambda) + score(right, rules.lambda) - before;
    if (gain > (best?.gain ?? rules.leastGain)) best = { gain, length, isMissingLeft };
  }
  return best;
};

/** Where no row was missing nothing is known, and what is missing later goes with the larger side. */
const withMissingPlaced = (cut: Cut, histogram: Histogram, order: readonly number[], missing: number): boolean => {
  if ((histogram.rows[missing] ?? 0) > 0) return cut.isMissingLeft;
  const count = (codes: readonly number[]): number =>
    codes.reduce((rows, code) => rows + (histogram.rows[code] ?? 0), 0);
  return count(order.slice(0, cut.length)) >= count(order.slice(cut.length));
};

/** The best way to part the rows by one input, or none that is worth it. */
export const bestSplit = (
  scale: Scale,
  histogram: Histogram,
  rules: SplitRules,
  bounds: Bounds,
): Candidate | undefined => {
  const order = orderOf(scale, histogram);
  const missing = scale.codes - 1;
  const right = bestCut(scale, histogram, order, rules, bounds, false);
  const left = (histogram.rows[missing] ?? 0) > 0 ? bestCut(scale, histogram, order, rules, bounds, true) : undefined;
  const cut = left !== undefined && left.gain > (right?.gain ?? 0) ? left : right;
  if (cut === undefined) return undefined;
  const goesLeft = new Uint8Array(scale.codes);
  if (scale.kind === 'nominal') for (const code of order.slice(0, cut.length)) goesLeft[code] = 1;
  // An order holds for the codes in between too, though no row here has them.
  else goesLeft.fill(1, 0, (order[cut.length - 1] ?? 0) + 1);
  goesLeft[missing] = withMissingPlaced(cut, histogram, order, missing) ? 1 : 0;
  return { goesLeft, gain: cut.gain };
};
