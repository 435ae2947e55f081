import { FALSE, TRUE, truthOf, UNKNOWN } from './predicates';
import type { Frame } from './scope';
import type { Node } from './tree-node';

/** Several nodes at once, each with its weight: where a missing value leaves open which way to go. */
export interface Branching {
  readonly kind: 'branching';
  readonly mean: () => number;
  readonly distribute: (into: Float64Array) => void;
}

interface Rules {
  readonly strategy: 'weightedConfidence' | 'aggregateNodes';
  readonly returnsLast: boolean;
  readonly hasScore: (node: Node) => boolean;
}

interface Branch {
  readonly node: Node;
  readonly weight: number;
}

/**
 * The ways on from a node one of whose children is unknown.
 * weightedConfidence: every child that is not false, by its share of their records, and so on below each.
 * aggregateNodes: every unknown child up to the first true one, down to the leaves, which count by their records.
 */
export const spread = (node: Node, frame: Frame, rules: Rules): Branching => {
  const branches = leavesOf(node, frame, 1, rules);
  const isByRecords = rules.strategy === 'aggregateNodes';
  const weightOf = ({ node: leaf, weight }: Branch): number => (isByRecords ? leaf.verdict.recordCount : weight);
  const total = branches.reduce((sum, branch) => sum + weightOf(branch), 0);
  return {
    kind: 'branching',
    mean: () => branches.reduce((sum, branch) => sum + branch.node.verdict.value * weightOf(branch), 0) / total,
    distribute: (into) => {
      const whole = isByRecords
        ? branches.reduce((sum, branch) => sum + sumOf(branch.node.verdict.distribution.counts), 0)
        : total;
      for (const { node: leaf, weight } of branches) {
        const { counts, confidences } = leaf.verdict.distribution;
        const shares = isByRecords ? counts : confidences;
        for (const [index, share] of shares.entries()) {
          into[index] = (into[index] ?? 0) + (share * (isByRecords ? 1 : weight)) / whole;
        }
      }
    },
  };
};

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const leavesOf = (node: Node, frame: Frame, weight: number, rules: Rules): readonly Branch[] => {
  if (node.children.length === 0) return [{ node, weight }];
  const ways = rules.strategy === 'aggregateNodes' ? untilTrue(node, frame) : notFalse(node, frame);
  if (ways.length === 0) return rules.returnsLast && rules.hasScore(node) ? [{ node, weight }] : [];
  const total = ways.reduce((sum, way) => sum + way.verdict.recordCount, 0);
  return ways.flatMap((way) =>
    leavesOf(way, frame, total === 0 ? weight / ways.length : (weight * way.verdict.recordCount) / total, rules),
  );
};

/** A child that is true, if it comes before any that is unknown, is the only way. */
const notFalse = (node: Node, frame: Frame): readonly Node[] => {
  const ways: Node[] = [];
  for (const child of node.children) {
    const truth = truthOf(child, frame);
    if (truth === TRUE && ways.length === 0) return [child];
    if (truth !== FALSE) ways.push(child);
  }
  return ways;
};

const untilTrue = (node: Node, frame: Frame): readonly Node[] => {
  const ways: Node[] = [];
  for (const child of node.children) {
    const truth = truthOf(child, frame);
    if (truth === TRUE || truth === UNKNOWN) ways.push(child);
    if (truth === TRUE) return ways;
  }
  return ways;
};
