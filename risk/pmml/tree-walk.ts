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
  /** The node that a split belongs to: one of more than two children is a chain of splits. */
  private readonly owners: Int32Array;
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
    const splits = splitsOf(nodes, rules);
    this.owners = Int32Array.from(splits, ({ owner }) => owner);
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
    return Number.isNaN(value) ? this.look(this.owners[at] ?? at, frame) : (this.outside[at] ?? NOWHERE);
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
  readonly owner: number;
  readonly slot: number;
  readonly low: number;
  readonly high: number;
  readonly inside: number;
  readonly outside: number;
}

/** The splits of all nodes, each at the index of its node; what more a node needs comes after them. */
const splitsOf = (nodes: readonly Node[], rules: Rules): readonly Split[] => {
  const more: Split[] = [];
  const own = nodes.map((node): Split => {
    const blank = { owner: node.index, slot: GENERAL, low: 0, high: 0, inside: NOWHERE, outside: NOWHERE };
    if (node.children.length === 0) return { ...blank, slot: LEAF };
    const [first, ...others] = chainOf(node, rules, nodes.length + more.length) ?? [blank];
    more.push(...others);
    return first;
  });
  return [...own, ...more];
};

/**
 * A node's children as a chain of splits, each taking what the ones before have left; the second and those after it
 * will stand from an index on. Undefined where a child's test is more than a range of numbers.
 */
const chainOf = (node: Node, rules: Rules, from: number): readonly [Split, ...Split[]] | undefined => {
  const { tested, rest } = restOf(node, rules);
  const splits = tested.flatMap((child, index): readonly Split[] => {
    if (child.kind !== 'interval') return [];
    const { slot, low, high } = child;
    const otherwise = index === tested.length - 1 ? rest : from + index;
    const [inside, outside] = child.yes === TRUE ? [child.index, otherwise] : [otherwise, child.index];
    return [{ owner: node.index, slot, low, high, inside, outside }];
  });
  const [first, ...others] = splits;
  return first === undefined || splits.length < tested.length ? undefined : [first, ...others];
};

/** The children that must be tested, and the way for what none of them takes: often the last child takes all of it. */
const restOf = (node: Node, rules: Rules): { readonly tested: readonly Node[]; readonly rest: number } => {
  const { children } = node;
  const [before, last] = [children.at(-2), children.at(-1)];
  const isAny = last?.kind === 'constant' && last.yes === TRUE;
  const takesRest = last !== undefined && (isAny || (before !== undefined && isRest(before, last)));
  if (takesRest) return { tested: children.slice(0, -1), rest: last.index };
  return { tested: children, rest: withoutChild(node, rules) };
};

/** Whether the second test holds for every number for which the first does not. */
const isRest = (first: Test, second: Test): boolean => {
  if (first.kind !== 'interval') return false;
  if (second.kind !== 'interval' || second.slot !== first.slot) return false;
  if (first.low === second.low && first.high === second.high) return first.yes !== second.yes;
  if (first.yes === FALSE || second.yes === FALSE) return false;
  const [lower, upper] = first.low < second.low ? [first, second] : [second, first];
  const isWhole = lower.low === Number.NEGATIVE_INFINITY && upper.high === Number.POSITIVE_INFINITY;
  return isWhole && (upper.low <= lower.high || upper.low === above(lower.high));
};
