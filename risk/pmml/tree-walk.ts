import { above, FALSE, type Test, TRUE, truthOf, UNKNOWN } from './predicates';
import type { Frame } from './scope';
import type { Node } from './tree-node';
import { type Branching, spread } from './tree-spread';

export const STRATEGIES = [
  'none',
  'lastPrediction',
  'nullPrediction',
  'defaultChild',
  'weightedConfidence',
  'aggregateNodes',
] as const;

export interface Rules {
  readonly strategy: (typeof STRATEGIES)[number];
  readonly returnsLast: boolean;
  readonly hasScore: (node: Node) => boolean;
}

/** A walk ends at a node (its index), nowhere, or at several nodes. */
export const NOWHERE = -1;
export const SPREAD = -2;
/** From here down: the walk stops at the node of this index, counted downwards. */
const STOP = -3;

/** In place of the slot of a split: the node has no children. */
const LEAF = -1;
/** No frame has so many places: what is read there is missing, and missing values are looked at. */
const GENERAL = 2 ** 30;

/**
 * The way down a tree. Most nodes split in two at a number: these lie in plain arrays of numbers, which is what makes
 * hundreds of trees fast. Any other node, and any missing value, is looked at by the rules of the standard.
 */
export class Walk {
  readonly values: Float64Array;
  /** How often a missing value was got round, on the last walk. */
  levels = 0;
  /** Where the last walk ended, if it ended at several nodes. */
  branching: Branching | undefined;
  private readonly slots: Int32Array;
  private readonly lows: Float64Array;
  private readonly highs: Float64Array;
  private readonly inside: Int32Array;
  private readonly outside: Int32Array;
  /** Whether the root is there for every row. */
  private readonly isOpen: boolean;

  constructor(
    readonly nodes: readonly Node[],
    private readonly rules: Rules,
  ) {
    const splits = nodes.map((node) => splitOf(node, rules));
    this.values = Float64Array.from(nodes, ({ verdict }) => verdict.value);
    this.slots = Int32Array.from(splits, ({ slot }) => slot);
    this.lows = Float64Array.from(splits, ({ low }) => low);
    this.highs = Float64Array.from(splits, ({ high }) => high);
    this.inside = Int32Array.from(splits, (split) => split.inside);
    this.outside = Int32Array.from(splits, (split) => split.outside);
    this.isOpen = nodes[0]?.kind === 'constant' && nodes[0].yes === TRUE;
  }

  /** The index of the node at which a row ends, `NOWHERE` or `SPREAD`. */
  from(frame: Frame): number {
    const { numbers } = frame;
    this.levels = 0;
    if (!this.isOpen && !this.isEntered(frame)) return NOWHERE;
    let at = 0;
    for (;;) {
      const slot = this.slots[at] ?? LEAF;
      if (slot === LEAF) return at;
      const next = this.step(at, numbers[slot] ?? Number.NaN, frame);
      if (next < 0) return next <= STOP ? STOP - next : next;
      at = next;
    }
  }

  private step(at: number, value: number, frame: Frame): number {
    if (value >= (this.lows[at] ?? 0) && value <= (this.highs[at] ?? 0)) return this.inside[at] ?? NOWHERE;
    return Number.isNaN(value) ? this.look(at, frame) : (this.outside[at] ?? NOWHERE);
  }

  private isEntered(frame: Frame): boolean {
    const root = this.nodes[0];
    return root !== undefined && truthOf(root, frame) === TRUE;
  }

  /** The way on from a node by the rules of the standard: the index of a child, or how the walk ends. */
  private look(at: number, frame: Frame): number {
    const node = this.nodes[at];
    if (node === undefined) return NOWHERE;
    const goesOn = this.rules.strategy === 'none';
    for (const child of node.children) {
      frame.surrogates = 0;
      const truth = truthOf(child, frame);
      if (truth === TRUE) {
        if (child.isSurrogate && frame.surrogates > 0) this.levels += 1;
        return child.index;
      }
      if (truth === UNKNOWN && !goesOn) return this.whenUnknown(node, frame);
    }
    return withoutChild(node, this.rules);
  }

  private whenUnknown(node: Node, frame: Frame): number {
    const { strategy, returnsLast, hasScore } = this.rules;
    switch (strategy) {
      case 'lastPrediction':
        return STOP - node.index;
      case 'defaultChild':
        this.levels += 1;
        return node.defaultChild?.index ?? withoutChild(node, this.rules);
      case 'weightedConfidence':
      case 'aggregateNodes':
        this.branching = spread(node, frame, { strategy, returnsLast, hasScore });
        return SPREAD;
      default:
        return NOWHERE;
    }
  }
}

const withoutChild = (node: Node, { returnsLast, hasScore }: Rules): number =>
  returnsLast && hasScore(node) ? STOP - node.index : NOWHERE;

interface Split {
  readonly slot: number;
  readonly low: number;
  readonly high: number;
  readonly inside: number;
  readonly outside: number;
}

/** A node as a split: its first child is a range of numbers, and the second, if there is one, is all the rest. */
const splitOf = (node: Node, rules: Rules): Split => {
  const [first, second, ...more] = node.children;
  const blank = { slot: GENERAL, low: 0, high: 0, inside: NOWHERE, outside: NOWHERE };
  if (first === undefined) return { ...blank, slot: LEAF };
  if (first.kind !== 'interval' || more.length > 0) return blank;
  if (second !== undefined && !isRest(first, second)) return blank;
  const otherwise = second?.index ?? withoutChild(node, rules);
  const { slot, low, high } = first;
  return first.yes === TRUE
    ? { slot, low, high, inside: first.index, outside: otherwise }
    : { slot, low, high, inside: otherwise, outside: first.index };
};

/** Whether the second test holds for every number for which the first does not. */
const isRest = (first: Test, second: Test): boolean => {
  if (second.kind === 'constant') return second.yes === TRUE;
  if (second.kind !== 'interval' || second.slot !== first.slot) return false;
  if (first.low === second.low && first.high === second.high) return first.yes !== second.yes;
  if (first.yes === FALSE || second.yes === FALSE) return false;
  const [lower, upper] = first.low < second.low ? [first, second] : [second, first];
  const isWhole = lower.low === Number.NEGATIVE_INFINITY && upper.high === Number.POSITIVE_INFINITY;
  return isWhole && (upper.low <= lower.high || upper.low === above(lower.high));
};
