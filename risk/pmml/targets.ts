import type { Value } from './data-types';
import { attribute, childOf, childrenOf, choice, numberAttribute, required } from './element';
import type { TargetField } from './prediction';
import { type Categories, isNothing, type Prediction, settle } from './prediction';
import type { XmlElement } from './xml';

/** What a Targets element does to a prediction. */
export interface Treatment {
  readonly apply: (prediction: Prediction) => void;
  readonly displayValue: (value: Value) => string | undefined;
}

const NOTHING: Treatment = { apply: () => undefined, displayValue: () => undefined };

/** Targets: http://dmg.org/pmml/v4-4-1/Targets.html */
export const compileTargets = (
  model: XmlElement,
  target: TargetField,
  categories: Categories,
  isClassifier: boolean,
  isSingle: boolean,
): Treatment => {
  const targets = childOf(model, 'Targets');
  const elements = targets === undefined ? [] : childrenOf(targets, 'Target');
  // A single Target may leave out its field; so does an inner model's that has no target field of its own.
  const element = elements.find((each) => attribute(each, 'field') === target.name) ?? elements[0];
  if (element === undefined) return NOTHING;
  const displays = new Map(
    childrenOf(element, 'TargetValue').flatMap((each) => {
      const [value, display] = [attribute(each, 'value'), attribute(each, 'displayValue')];
      return value === undefined || display === undefined ? [] : [[value, display] as const];
    }),
  );
  return {
    apply: isClassifier ? priorsOf(element, categories) : rescaled(element, isSingle),
    displayValue: (value) => displays.get(String(value)),
  };
};

const ROUNDINGS: Readonly<Record<string, (value: number) => number>> = {
  round: (value) => Math.floor(value + 0.5),
  ceiling: Math.ceil,
  floor: Math.floor,
};

/** Limits, then the factor, then the constant, then a whole number. */
const rescaled = (element: XmlElement, isSingle: boolean): ((prediction: Prediction) => void) => {
  const [least, most] = [numberAttribute(element, 'min'), numberAttribute(element, 'max')];
  const [factor, constant] = [numberAttribute(element, 'rescaleFactor'), numberAttribute(element, 'rescaleConstant')];
  const castInteger = attribute(element, 'castInteger');
  if (castInteger !== undefined) choice(element, 'castInteger', ['round', 'ceiling', 'floor'], 'round');
  const whole = castInteger === undefined ? undefined : ROUNDINGS[castInteger];
  const fallback = childrenOf(element, 'TargetValue').flatMap((each) => numberAttribute(each, 'defaultValue') ?? [])[0];
  const number = isSingle ? Math.fround : (value: number): number => value;
  const steps: ((value: number) => number)[] = [];
  if (least !== undefined) steps.push((value) => Math.max(value, least));
  if (most !== undefined) steps.push((value) => Math.min(value, most));
  if (factor !== undefined && factor !== 1) steps.push((value) => number(value * number(factor)));
  if (constant !== undefined && constant !== 0) steps.push((value) => number(value + number(constant)));
  if (whole !== undefined) steps.push(whole);
  return (prediction) => {
    if (Number.isNaN(prediction.value)) {
      prediction.value = fallback ?? Number.NaN;
      return;
    }
    for (const step of steps) prediction.value = step(prediction.value);
  };
};

/** What is predicted when nothing else is: the classes by their prior probabilities. */
const priorsOf = (element: XmlElement, categories: Categories): ((prediction: Prediction) => void) => {
  const priors = childrenOf(element, 'TargetValue').flatMap((each) => {
    const probability = numberAttribute(each, 'priorProbability');
    return probability === undefined ? [] : [{ index: categories.index(required(each, 'value')), probability }];
  });
  if (priors.length === 0) return () => undefined;
  return (prediction) => {
    if (!isNothing(prediction, true)) return;
    for (const { index, probability } of priors) prediction.probabilities[index] = probability;
    settle(prediction);
  };
};
