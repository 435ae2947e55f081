import type { ModelContext } from './context';
import { choice, numberAttribute, requiredChild } from './element';
import { TRUE, truthOf, UNKNOWN } from './predicates';
import { Categories, type Prediction, type Scorer, settle } from './prediction';
import type { Frame } from './scope';
import { compileNodes, type Node } from './tree-node';
import { type Branching, spread } from './tree-spread';
import type { XmlElement } from './xml';

const STRATEGIES = [
  'none',
  'lastPrediction',
  'nullPrediction',
  'defaultChild',
  'weightedConfidence',
  'aggregateNodes',
] as const;

/** TreeModel: http://dmg.org/pmml/v4-4-1/TreeModel.html */
export const compileTree = (element: XmlElement, context: ModelContext): Scorer => {
  const { isClassifier, target } = context;
  const categories = new Categories(target.type, target.dataField?.categories);
  const strategy = choice(element, 'missingValueStrategy', STRATEGIES, 'none');
  const root = compileNodes(requiredChild(element, 'Node'), context, categories, strategy === 'defaultChild');
  const noTrueChild = choice(
    element,
    'noTrueChildStrategy',
    ['returnNullPrediction', 'returnLastPrediction'],
    'returnNullPrediction',
  );
  const walk = walkOf(root, {
    strategy,
    returnsLast: noTrueChild === 'returnLastPrediction',
    hasScore: isClassifier
      ? ({ verdict }) => verdict.distribution.winner >= 0
      : ({ verdict }) => !Number.isNaN(verdict.value),
  });
  const penalty = numberAttribute(element, 'missingValuePenalty') ?? 1;
  return { categories, score: isClassifier ? classify(walk, penalty) : regress(walk) };
};

/** Where a walk has ended: a node, several of them with weights, or nowhere. */
type Arrival = Node | Branching | undefined;

interface Walk {
  readonly from: (frame: Frame) => Arrival;
  /** How often a missing value was got round, on the last walk. */
  levels: number;
}

const regress =
  (walk: Walk) =>
  (frame: Frame, into: Prediction): void => {
    const arrival = walk.from(frame);
    if (arrival === undefined) return;
    if (arrival.kind === 'branching') {
      into.value = arrival.mean();
      return;
    }
    into.value = arrival.verdict.value;
    into.entity = arrival.verdict.id;
  };

const classify =
  (walk: Walk, penalty: number) =>
  (frame: Frame, into: Prediction): void => {
    const arrival = walk.from(frame);
    if (arrival === undefined) return;
    if (arrival.kind === 'branching') {
      arrival.distribute(into.probabilities);
      settle(into);
      return;
    }
    const { winner, probabilities, confidences } = arrival.verdict.distribution;
    if (winner < 0) return;
    const factor = walk.levels === 0 ? 1 : penalty ** walk.levels;
    into.probabilities.set(probabilities);
    for (let index = 0; index < confidences.length; index += 1) {
      into.confidences[index] = (confidences[index] ?? 0) * factor;
    }
    into.winner = winner;
    into.entity = arrival.verdict.id;
  };

interface Rules {
  readonly strategy: (typeof STRATEGIES)[number];
  readonly returnsLast: boolean;
  readonly hasScore: (node: Node) => boolean;
}

const walkOf = (root: Node, { strategy, returnsLast, hasScore }: Rules): Walk => {
  /** The child to go on with; what to answer when there is none is in `end`. */
  let end: Arrival;
  const withoutChild = (node: Node): undefined => {
    end = returnsLast && hasScore(node) ? node : undefined;
  };
  const whenUnknown = (node: Node, frame: Frame): Node | undefined => {
    switch (strategy) {
      case 'lastPrediction':
        end = node;
        return undefined;
      case 'defaultChild':
        walk.levels += 1;
        if (node.defaultChild === undefined) withoutChild(node);
        return node.defaultChild;
      case 'weightedConfidence':
      case 'aggregateNodes':
        end = spread(node, frame, { strategy, returnsLast, hasScore });
        return undefined;
      default:
        end = undefined;
        return undefined;
    }
  };
  const goesOn = strategy === 'none';
  const childOfNode = (node: Node, frame: Frame): Node | undefined => {
    for (let child = node.first; child !== undefined; child = child.next) {
      const truth = truthOf(child, frame);
      if (truth === TRUE) {
        if (child.isSurrogate && frame.surrogates > 0) walk.levels += 1;
        return child;
      }
      if (truth === UNKNOWN && !goesOn) return whenUnknown(node, frame);
      frame.surrogates = 0;
    }
    return withoutChild(node);
  };
  const walk: Walk = {
    levels: 0,
    from: (frame) => {
      walk.levels = 0;
      if (truthOf(root, frame) !== TRUE) return undefined;
      let node = root;
      while (node.first !== undefined) {
        frame.surrogates = 0;
        const next = childOfNode(node, frame);
        if (next === undefined) return end;
        node = next;
      }
      return node;
    },
  };
  return walk;
};
