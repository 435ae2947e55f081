import type { ModelContext } from './context';
import { choice, numberAttribute, requiredChild } from './element';
import { Categories, type Prediction, type Scorer, settle } from './prediction';
import type { Frame } from './scope';
import { compileNodes } from './tree-node';
import { NOWHERE, SPREAD, STRATEGIES, Walk } from './tree-walk';
import type { XmlElement } from './xml';

/** TreeModel: http://dmg.org/pmml/v4-4-1/TreeModel.html */
export const compileTree = (element: XmlElement, context: ModelContext): Scorer => {
  const { isClassifier, target } = context;
  const categories = new Categories(target.type, target.dataField?.categories);
  const strategy = choice(element, 'missingValueStrategy', STRATEGIES, 'none');
  const nodes = compileNodes(requiredChild(element, 'Node'), context, categories, strategy === 'defaultChild');
  const noTrueChild = choice(
    element,
    'noTrueChildStrategy',
    ['returnNullPrediction', 'returnLastPrediction'],
    'returnNullPrediction',
  );
  const walk = new Walk(nodes, {
    strategy,
    returnsLast: noTrueChild === 'returnLastPrediction',
    hasScore: isClassifier
      ? ({ verdict }) => verdict.distribution.winner >= 0
      : ({ verdict }) => !Number.isNaN(verdict.value),
  });
  const penalty = numberAttribute(element, 'missingValuePenalty') ?? 1;
  return { categories, score: isClassifier ? classify(walk, penalty) : regress(walk, context.namesEntities) };
};

const regress =
  (walk: Walk, namesEntities: boolean) =>
  (frame: Frame, into: Prediction): void => {
    const end = walk.from(frame);
    if (end >= 0) {
      into.value = walk.values[end] ?? Number.NaN;
      if (namesEntities) into.entity = walk.nodes[end]?.verdict.id;
    } else if (end === SPREAD) into.value = walk.branching?.mean() ?? Number.NaN;
  };

const classify =
  (walk: Walk, penalty: number) =>
  (frame: Frame, into: Prediction): void => {
    const end = walk.from(frame);
    if (end === NOWHERE) return;
    if (end === SPREAD) {
      walk.branching?.distribute(into.probabilities);
      settle(into);
      return;
    }
    const verdict = walk.nodes[end]?.verdict;
    if (verdict === undefined || verdict.distribution.winner < 0) return;
    const { winner, probabilities, confidences } = verdict.distribution;
    const factor = walk.levels === 0 ? 1 : penalty ** walk.levels;
    into.probabilities.set(probabilities);
    for (let index = 0; index < confidences.length; index += 1) {
      into.confidences[index] = (confidences[index] ?? 0) * factor;
    }
    into.winner = winner;
    into.entity = verdict.id;
  };
