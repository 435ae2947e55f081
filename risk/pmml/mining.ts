import { CLASSES, CLASSIFICATIONS, NUMBERS, REGRESSIONS, type Say } from './combine';
import type { ModelContext } from './context';
import { attribute, childrenOf, choice, faultAt, numberAttribute, required, requiredChild } from './element';
import { MODEL_ELEMENTS, OTHER_MODEL_ELEMENTS } from './model-elements';
import { compilePredicateIn, type Test, TRUE, truthOf } from './predicates';
import type { Model } from './prediction';
import { alignment, Categories, isNothing, type Prediction, type Scorer } from './prediction';
import type { Frame, Step } from './scope';
import type { XmlElement } from './xml';

interface Segment {
  readonly id: string;
  readonly test: Test;
  readonly model: Model;
  readonly say: Say;
  /** What is to be derived before it, in a chain. */
  readonly before: readonly Step[];
  hasRun: boolean;
}

const SELECTIONS = ['selectFirst', 'selectAll', 'modelChain', 'multiModelChain'] as const;

/** MiningModel: http://dmg.org/pmml/v4-4-1/MultipleModels.html */
export const compileMining = (element: XmlElement, context: ModelContext): Scorer => {
  const segmentation = requiredChild(element, 'Segmentation');
  required(segmentation, 'multipleModelMethod');
  const methods = [...SELECTIONS, ...(context.isClassifier ? CLASSIFICATIONS : REGRESSIONS)];
  const method = choice(segmentation, 'multipleModelMethod', methods, 'sum');
  const categories = new Categories(context.target.type, context.target.dataField?.categories);
  const segments = compileSegments(segmentation, context, categories);
  const segment = (id: string): Model | undefined => {
    const found = segments.find((each) => each.id === id);
    return found && whileRun(found);
  };
  return { categories, segment, score: scoreOf(method, segments, segmentation, context) };
};

/** A segment's model as the outside sees it: it says nothing of a row on which it did not run. */
const whileRun = (segment: Segment): Model => {
  const { model } = segment;
  const { prediction } = model;
  return {
    ...model,
    prediction: {
      get value() {
        return segment.hasRun ? prediction.value : Number.NaN;
      },
      get winner() {
        return segment.hasRun ? prediction.winner : -1;
      },
      get entity() {
        return segment.hasRun ? prediction.entity : undefined;
      },
      get reasons() {
        return segment.hasRun ? prediction.reasons : [];
      },
      probabilities: prediction.probabilities,
      confidences: prediction.confidences,
    },
  };
};

const compileSegments = (
  segmentation: XmlElement,
  context: ModelContext,
  categories: Categories,
): readonly Segment[] => {
  const elements = childrenOf(segmentation, 'Segment');
  if (elements.length === 0) return faultAt(segmentation, 'INVALID_DOCUMENT', 'it has no segments');
  const method = required(segmentation, 'multipleModelMethod');
  const isChain = method.endsWith('Chain');
  return elements.map((element, index): Segment => {
    const { scope } = context;
    const before: Step[] = [];
    // The first segment's derived fields are those of the whole model: nothing runs before them.
    if (index > 0 && isChain) scope.steps = before;
    const test = compilePredicateIn(element, scope);
    const inner = element.children.find(({ name }) => MODEL_ELEMENTS.has(name));
    if (inner === undefined) {
      const other = element.children.find(({ name }) => OTHER_MODEL_ELEMENTS.has(name)) ?? element;
      return faultAt(other, 'UNSUPPORTED_MODEL', 'this class of models is not evaluated here');
    }
    const model = context.compileInner(inner, context, isChain || method.startsWith('select'));
    if (isChain) for (const field of model.outputs) scope.declare(field);
    const weight = numberAttribute(element, 'weight') ?? 1;
    const say = { model, weight, classes: alignment(model.categories, categories) };
    return { id: attribute(element, 'id') ?? String(index + 1), test, model, say, before, hasRun: false };
  });
};

type Score = (frame: Frame, into: Prediction) => void;

const scoreOf = (
  method: (typeof SELECTIONS)[number] | (typeof CLASSIFICATIONS)[number] | (typeof REGRESSIONS)[number],
  segments: readonly Segment[],
  segmentation: XmlElement,
  { isClassifier, isSingle }: ModelContext,
): Score => {
  if (method === 'selectFirst') return selected(segments, true);
  if (method === 'selectAll') return selectedAll(segments);
  if (method === 'modelChain' || method === 'multiModelChain') return selected(segments, false);
  const round = isSingle ? Math.fround : (value: number): number => value;
  const combine: (says: readonly Say[], into: Prediction) => void = isClassifier
    ? CLASSES[CLASSIFICATIONS.find((each) => each === method) ?? 'average']
    : (says, into) => {
        into.value = NUMBERS[REGRESSIONS.find((each) => each === method) ?? 'sum'](says, round);
      };
  const treatment = choice(
    segmentation,
    'missingPredictionTreatment',
    ['continue', 'skipSegment', 'returnMissing'],
    'continue',
  );
  const threshold = numberAttribute(segmentation, 'missingThreshold') ?? 1;
  const isVote = method === 'majorityVote' || method === 'weightedMajorityVote';
  return combined(segments, combine, { treatment, threshold, isVote, isClassifier });
};

/** Says what the first, or the last, of the segments that run says. */
const selected =
  (segments: readonly Segment[], isFirst: boolean): Score =>
  (frame, into) => {
    for (const segment of segments) segment.hasRun = false;
    for (const segment of segments) {
      for (const step of segment.before) step(frame);
      if (truthOf(segment.test, frame) !== TRUE) continue;
      run(segment, frame);
      adopt(segment, into);
      if (isFirst) return;
    }
  };

/** All that run give their output fields; the first of them gives the prediction. */
const selectedAll =
  (segments: readonly Segment[]): Score =>
  (frame, into) => {
    for (const segment of segments) segment.hasRun = false;
    let first: Segment | undefined;
    for (const segment of segments) {
      if (truthOf(segment.test, frame) !== TRUE) continue;
      run(segment, frame);
      first ??= segment;
    }
    if (first !== undefined) adopt(first, into);
  };

const run = (segment: Segment, frame: Frame): void => {
  segment.hasRun = true;
  segment.model.evaluate(frame);
};

const adopt = ({ id, model, say }: Segment, into: Prediction): void => {
  const { prediction } = model;
  into.value = prediction.value;
  into.winner = say.classes[prediction.winner] ?? -1;
  into.probabilities.fill(0);
  into.confidences.fill(0);
  for (const [index, at] of say.classes.entries()) {
    into.probabilities[at] = prediction.probabilities[index] ?? 0;
    into.confidences[at] = prediction.confidences[index] ?? 0;
  }
  into.entity = id;
  into.reasons = prediction.reasons;
};

interface Rules {
  readonly treatment: 'continue' | 'skipSegment' | 'returnMissing';
  readonly threshold: number;
  readonly isVote: boolean;
  readonly isClassifier: boolean;
}

/**
 * Combines the segments that run. One that says nothing makes the whole say nothing, or is left out while those left
 * out weigh no more than the threshold; in a vote it may also vote for nothing, and nothing may win.
 */
const combined = (
  segments: readonly Segment[],
  combine: (says: readonly Say[], into: Prediction) => void,
  { treatment, threshold, isVote, isClassifier }: Rules,
): Score => {
  const mayMiss = treatment === 'skipSegment' || (treatment === 'continue' && isVote);
  const says: Say[] = [];
  /** Runs the segments; the weight of those that say nothing, or undefined where that settles it. */
  const gather = (frame: Frame): number | undefined => {
    for (const segment of segments) segment.hasRun = false;
    says.length = 0;
    let missing = 0;
    for (const segment of segments) {
      if (truthOf(segment.test, frame) !== TRUE) continue;
      run(segment, frame);
      if (!isNothing(segment.model.prediction, isClassifier)) says.push(segment.say);
      else if (mayMiss) missing += segment.say.weight;
      else return undefined;
    }
    return says.length === 0 ? undefined : missing;
  };
  return (frame, into) => {
    const missing = gather(frame);
    if (missing === undefined || (missing > 0 && missing / (missing + weightOf(says)) > threshold)) return;
    combine(says, into);
    if (treatment === 'continue' && missing > 0) nothingMayWin(missing, says, into);
  };
};

const weightOf = (says: readonly Say[]): number => says.reduce((total, { weight }) => total + weight, 0);

const nothingMayWin = (missing: number, says: readonly Say[], into: Prediction): void => {
  const most = Math.max(...into.probabilities) * weightOf(says);
  if (missing <= most) return;
  into.winner = -1;
  into.probabilities.fill(0);
};
