import type { SeededRandom } from '../../simulation/random';
import { stratifiedFolds, type Table } from '../data-set';
import { logLoss } from '../metrics';
import { logit, range, sigmoid } from '../numerics';
import { type GrowingRules, growTree } from './grow';
import { type Codes, codesOf, type Scale, scalesFrom } from './quantise';
import { leafOf, type Node } from './tree';

export interface BoostingRules extends GrowingRules {
  readonly mostRounds: number;
  /** Rounds without an improvement after which a trial ends. */
  readonly patience: number;
  /** Folds inside the training rows that choose the number of rounds; 0 takes `mostRounds`. */
  readonly trialFolds: number;
  /** Of the trial folds, how many are tried: one is a plain hold-out. */
  readonly trials: number;
  /** Share of the rows, and of the inputs, that each tree sees. */
  readonly rowShare: number;
  readonly inputShare: number;
  readonly mostLimits: number;
  /** Whether the trends that the dictionary declares bind the trees. */
  readonly isConstrained: boolean;
}

export interface BoostedTrees {
  readonly scales: readonly Scale[];
  /** Log-odds of bad before any tree: among applicants, not in the sample. */
  readonly base: number;
  readonly trees: readonly Node[];
}

/** Called after each round with the trees so far; answers whether to go on. */
type AfterRound = (tree: Node, round: number) => boolean;

/** Draws from 0 to `size` - 1, a share of them at a time: the beginning of a shuffle that goes on where it was. */
const sampler = (size: number, share: number, random: SeededRandom): (() => Int32Array) => {
  const order = range(size);
  const taken = Math.max(1, Math.round(size * share));
  return () => {
    for (let place = 0; place < taken && taken < size; place += 1) {
      const other = place + Math.floor(random.next() * (size - place));
      const held = order[place] ?? 0;
      order[place] = order[other] ?? 0;
      order[other] = held;
    }
    return order.subarray(0, taken);
  };
};

/** Grows trees one after the other, each on what the earlier ones leave of the logistic loss. */
const boost = (
  scales: readonly Scale[],
  codes: Codes,
  bad: Uint8Array,
  rules: BoostingRules,
  random: SeededRandom,
  afterRound: AfterRound,
): void => {
  const margins = new Float64Array(bad.length).fill(sampleBase(bad));
  const gradient = new Float64Array(bad.length);
  const hessian = new Float64Array(bad.length);
  const sampledRows = sampler(bad.length, rules.rowShare, random);
  const sampledInputs = sampler(scales.length, rules.inputShare, random);
  for (let round = 0; round < rules.mostRounds; round += 1) {
    for (let row = 0; row < bad.length; row += 1) {
      const p = sigmoid(margins[row] ?? 0);
      gradient[row] = p - (bad[row] ?? 0);
      hessian[row] = p * (1 - p);
    }
    // In their order, so that equal gains fall to the input that is declared first.
    const inputs = [...sampledInputs()].sort((a, b) => a - b);
    const tree = growTree({ scales, codes, gradient, hessian }, inputs, sampledRows(), rules);
    for (let row = 0; row < bad.length; row += 1) margins[row] = (margins[row] ?? 0) + leafOf(tree, codes, row).value;
    if (!afterRound(tree, round)) return;
  }
};

const sampleBase = (bad: Uint8Array): number => logit(bad.reduce((total, one) => total + one, 0) / bad.length);

const badOf = (table: Table, rows: Int32Array): Uint8Array => Uint8Array.from(rows, (row) => table.bad[row] ?? 0);

/** Loss on held-out rows after each round; stops when it has not improved for `patience` rounds. */
const trialCurve = (
  table: Table,
  train: Int32Array,
  held: Int32Array,
  rules: BoostingRules,
  random: SeededRandom,
): readonly number[] => {
  const scales = scalesFrom(table, train, rules.mostLimits, rules.isConstrained);
  const heldCodes = codesOf(scales, table, held);
  const heldBad = badOf(table, held);
  const bad = badOf(table, train);
  const margins = new Float64Array(held.length).fill(sampleBase(bad));
  const losses: number[] = [];
  let best = 0;
  boost(scales, codesOf(scales, table, train), bad, rules, random, (tree, round) => {
    for (let row = 0; row < held.length; row += 1) {
      margins[row] = (margins[row] ?? 0) + leafOf(tree, heldCodes, row).value;
    }
    const loss = logLoss(margins, heldBad);
    losses.push(loss);
    if (loss < (losses[best] ?? 0)) best = round;
    return round - best < rules.patience;
  });
  return losses;
};

/** The number of rounds after which the trials' mean loss is least; a trial that stopped keeps its last loss. */
const bestRounds = (curves: readonly (readonly number[])[]): number => {
  const longest = Math.max(...curves.map((curve) => curve.length));
  let best = { rounds: 1, loss: Number.POSITIVE_INFINITY };
  for (let round = 0; round < longest; round += 1) {
    const loss = curves.reduce((total, curve) => total + (curve[Math.min(round, curve.length - 1)] ?? 0), 0);
    if (loss < best.loss) best = { rounds: round + 1, loss };
  }
  return best.rounds;
};

const chosenRounds = (table: Table, rows: Int32Array, rules: BoostingRules, random: SeededRandom): number => {
  if (rules.trialFolds < 2) return rules.mostRounds;
  const folds = stratifiedFolds(table.bad, rows, rules.trialFolds, random.fork('trial folds'));
  const curves = folds.slice(0, rules.trials).map((held, number) => {
    const outside = new Set(held);
    const train = rows.filter((row) => !outside.has(row));
    return trialCurve(table, train, held, rules, random.fork(`trial ${number}`));
  });
  return bestRounds(curves);
};

/**
 * Gradient-boosted trees from these rows alone. The number of rounds is chosen by trials inside the rows; then all of
 * them are used. `priorShift` is added to the log-odds of bad, for bad cases are rarer among applicants than in the
 * sample.
 */
export const fitTrees = (
  table: Table,
  rows: Int32Array,
  priorShift: number,
  rules: BoostingRules,
  random: SeededRandom,
): BoostedTrees => {
  const mostRounds = chosenRounds(table, rows, rules, random);
  const scales = scalesFrom(table, rows, rules.mostLimits, rules.isConstrained);
  const bad = badOf(table, rows);
  const trees: Node[] = [];
  boost(scales, codesOf(scales, table, rows), bad, { ...rules, mostRounds }, random.fork('trees'), (tree) => {
    trees.push(tree);
    return true;
  });
  return { scales, base: sampleBase(bad) + priorShift, trees };
};

/** Log-odds of bad of these rows, among applicants. The trees are summed first, in their order. */
export const treeMargins = ({ scales, base, trees }: BoostedTrees, table: Table, rows: Int32Array): Float64Array => {
  const codes = codesOf(scales, table, rows);
  return Float64Array.from(range(rows.length), (row) => {
    let total = 0;
    for (const tree of trees) total += leafOf(tree, codes, row).value;
    return base + total;
  });
};
