import type { DocumentContext, ModelContext } from './context';
import { DOUBLE, STRING } from './data-types';
import { attribute, childOf, childrenOf, choice, faultAt, required, requiredChild } from './element';
import { againStep, declareDerivedFields, treatmentOf } from './fields';
import { compileMining } from './mining';
import { compileOutput } from './output';
import { forget, type Model, newPrediction, predictedValue, type Scorer, type TargetField } from './prediction';
import { compileRegression } from './regression';
import { Scope, type Step, write } from './scope';
import { compileScorecard } from './scorecard';
import { compileTargets } from './targets';
import { compileTree } from './tree';
import type { XmlElement } from './xml';

export const isTarget = (mining: XmlElement): boolean => {
  const usage = attribute(mining, 'usageType');
  return usage === 'target' || usage === 'predicted';
};

export const miningFieldsOf = (model: XmlElement): readonly XmlElement[] =>
  childrenOf(requiredChild(model, 'MiningSchema'), 'MiningField');

/** Compiles a model inside another: its MiningSchema picks from the fields of the scope around it. */
const compileInnerModel = (element: XmlElement, outer: ModelContext, isSelecting: boolean): Model => {
  const scope = new Scope(outer.scope);
  const treatments: Step[] = [];
  for (const mining of miningFieldsOf(element)) {
    if (isTarget(mining)) continue;
    const name = required(mining, 'name');
    const from = outer.scope.find(name, mining);
    if (from === undefined) continue;
    const treatment = treatmentOf(mining, from.type);
    if (treatment.isNothing) continue;
    const to = outer.slots.field(name, from.type, from.optype, from.ordering);
    scope.declare(to);
    treatments.push(againStep(from, to, treatment));
  }
  const showsTarget = isSelecting && targetOf(element, outer, false, undefined).name !== outer.target.name;
  return compileModel(element, outer, scope, treatments, outer.target, showsTarget);
};

const SCORERS: Readonly<Record<string, (element: XmlElement, context: ModelContext) => Scorer>> = {
  Scorecard: compileScorecard,
  RegressionModel: compileRegression,
  TreeModel: compileTree,
  MiningModel: compileMining,
};

/** Compiles a model in its own scope, in which its fields stand already. */
export const compileModel = (
  element: XmlElement,
  document: DocumentContext,
  scope: Scope,
  treatments: readonly Step[],
  around?: TargetField,
  showsTarget = false,
): Model => {
  const compile = SCORERS[element.name];
  if (compile === undefined) return faultAt(element, 'UNSUPPORTED_MODEL', 'this class of models is not evaluated here');
  if (attribute(element, 'isScorable') === 'false') return faultAt(element, 'INVALID_DOCUMENT', 'it is not scorable');
  required(element, 'functionName');
  const isClassifier =
    choice(element, 'functionName', ['regression', 'classification'], 'regression') === 'classification';
  const { slots, functions } = document;
  declareDerivedFields(childOf(element, 'LocalTransformations'), scope, slots, functions);
  const target = targetOf(element, document, isClassifier, around);
  const isSingle = isInSingles(element, scope);
  const context: ModelContext = {
    ...document,
    scope,
    isClassifier,
    target,
    isSingle,
    compileInner: compileInnerModel,
  };
  const entry = scope.steps;
  const scorer = compile(element, context);
  // What only outputs use may depend on what the segments of a chain gave: it is derived after them.
  const late: Step[] = [];
  scope.steps = late;
  const { categories } = scorer;
  const treatment = compileTargets(element, target, categories, isClassifier, isSingle);
  const prediction = newPrediction(categories.all.length);
  const segment = scorer.segment ?? (() => undefined);
  const bare: Model = { isClassifier, target, categories, prediction, segment, outputs: [], evaluate: () => undefined };
  const outputs = compileOutput(element, { ...document, scope, model: bare, treatment });
  const steps = [...outputs.map(({ step }) => step), ...targetResult(bare, document, showsTarget)];
  const { score } = scorer;
  const { apply } = treatment;
  return {
    ...bare,
    outputs: outputs.map(({ field }) => field),
    evaluate: (frame) => {
      for (const step of treatments) step(frame);
      for (const step of entry) step(frame);
      forget(prediction);
      score(frame, prediction);
      apply(prediction);
      for (const step of late) step(frame);
      for (const step of steps) step(frame);
    },
  };
};

/** What an inner model predicts is a result of its own, where it is not a part of what the outer one predicts. */
const targetResult = (model: Model, { slots, results }: DocumentContext, showsTarget: boolean): readonly Step[] => {
  const { target, prediction, categories, isClassifier } = model;
  if (!showsTarget || target.name === undefined) return [];
  const field = results.get(target.name) ?? slots.field(target.name, target.type, target.optype);
  results.set(target.name, field);
  return [(frame) => write(frame, field, predictedValue(prediction, categories, isClassifier))];
};

/** The field that is predicted. An inner model without one predicts what the model around it does, or a number. */
const targetOf = (
  element: XmlElement,
  { dataFields }: DocumentContext,
  isClassifier: boolean,
  around: TargetField | undefined,
): TargetField => {
  const names = miningFieldsOf(element)
    .filter(isTarget)
    .map((mining) => required(mining, 'name'));
  // A chain may list what its inner models predict as well: its own target is one that the dictionary knows.
  const name = names.find((each) => dataFields.has(each)) ?? names[0];
  const dataField = name === undefined ? undefined : dataFields.get(name);
  if (dataField !== undefined) {
    const { type, optype } = dataField;
    return { name, type, optype, dataField };
  }
  if (isClassifier && around !== undefined && name === undefined) return { ...around, name: undefined };
  return { name, type: isClassifier ? STRING : DOUBLE, optype: isClassifier ? 'categorical' : 'continuous', dataField };
};

/**
 * Whether a model is computed in 32 bits: where it says so, and where all numbers that go into an ensemble have 32 bits
 * (as in XGBoost's older exports, which do not say so).
 */
const isInSingles = (element: XmlElement, scope: Scope): boolean => {
  const declared = attribute(element, 'x-mathContext');
  if (declared !== undefined) return declared === 'float';
  if (element.name !== 'MiningModel') return false;
  const types = miningFieldsOf(element)
    .filter((mining) => !isTarget(mining))
    .flatMap((mining) => scope.find(required(mining, 'name'), mining)?.type.kind ?? []);
  const isSingle = types.includes('float') && !types.includes('double') && !types.includes('integer');
  return isSingle && !derivesDoubles(element);
};

/** Exports of scikit-learn widen 32-bit fields again, and are computed in doubles. */
const derivesDoubles = (element: XmlElement): boolean =>
  (element.name === 'DerivedField' && attribute(element, 'dataType') === 'double') ||
  element.children.some((child) => child.name !== 'Node' && derivesDoubles(child));
