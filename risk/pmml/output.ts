import type { DocumentContext } from './context';
import { cast, type DataType, DOUBLE, isNumeric, STRING, type Value } from './data-types';
import { attribute, childOf, childrenOf, choice, faultAt, numberAttribute, required } from './element';
import { declaredType, type Expression, evaluateAs } from './expression';
import { findExpressionIn } from './expressions';
import type { Model } from './prediction';
import { isNothing, predictedValue } from './prediction';
import { type Field, type Frame, type Scope, type Step, write } from './scope';
import type { Treatment } from './targets';
import type { XmlElement } from './xml';

interface Outputs extends DocumentContext {
  readonly scope: Scope;
  readonly model: Model;
  readonly treatment: Treatment;
}

interface OutputField {
  readonly field: Field;
  readonly step: Step;
}

/** What an output field is, and of what type it is unless the document says so. */
interface Result {
  readonly type: DataType;
  readonly evaluate: (frame: Frame) => Value;
}

/** Output: http://dmg.org/pmml/v4-4-1/Output.html. The fields are visible results, and in scope from here on. */
export const compileOutput = (element: XmlElement, context: Outputs): readonly OutputField[] => {
  const output = childOf(element, 'Output');
  return output === undefined ? [] : childrenOf(output, 'OutputField').map((field) => compileField(field, context));
};

const compileField = (element: XmlElement, context: Outputs): OutputField => {
  const name = required(element, 'name');
  const { scope, slots, results, functions } = context;
  const expression = findExpressionIn(element, scope, functions);
  const result = resultOf(element, context, expression);
  const type = declaredType(element) ?? result.type;
  const known = results.get(name);
  const optype = choice(
    element,
    'optype',
    ['continuous', 'categorical', 'ordinal'],
    isNumeric(type) ? 'continuous' : 'categorical',
  );
  // Segments of which one is chosen may all give a field of one name: it is the same result.
  const field = known?.type.kind === type.kind ? known : slots.field(name, type, optype);
  results.set(name, field);
  scope.declare(field);
  return { field, step: (frame) => write(frame, field, cast(result.evaluate(frame), result.type, type)) };
};

type Feature = (element: XmlElement, context: Outputs, expression: Expression | undefined) => Result;

const resultOf: Feature = (element, context, expression) => {
  const feature = attribute(element, 'feature') ?? (expression === undefined ? 'predictedValue' : 'transformedValue');
  const compile = FEATURES.get(feature);
  if (compile === undefined) return faultAt(element, 'UNSUPPORTED_ELEMENT', `the result feature "${feature}"`);
  const segmentId = attribute(element, 'segmentId');
  return compile(
    element,
    segmentId === undefined ? context : { ...context, model: segmentOf(context.model, segmentId) },
    expression,
  );
};

/** A segment's model, looked at from outside: it says nothing where it did not run. */
const segmentOf = (model: Model, id: string): Model => {
  const inner = model.segment(id);
  if (inner === undefined) return { ...model, prediction: { ...model.prediction, value: Number.NaN, winner: -1 } };
  return inner;
};

/** Of a class: the one that is named, or the one that is predicted. */
const ofClass =
  (share: 'probabilities' | 'confidences'): Feature =>
  (element, { model }) => {
    const { prediction, categories, isClassifier } = model;
    if (!isClassifier) return faultAt(element, 'INVALID_DOCUMENT', 'a regression has no classes');
    const value = attribute(element, 'value');
    const named = value === undefined ? undefined : categories.find(value);
    return {
      type: DOUBLE,
      evaluate: () => {
        if (isNothing(prediction, true)) return undefined;
        return prediction[share][named ?? prediction.winner] ?? 0;
      },
    };
  };

const predicted: Feature = (_, { model }) => {
  const { prediction, categories, isClassifier, target } = model;
  const type = isClassifier || !isNumeric(target.type) ? target.type : DOUBLE;
  return { type, evaluate: () => predictedValue(prediction, categories, isClassifier) };
};

const transformed: Feature = (element, { scope }, expression) => {
  if (expression !== undefined) return { type: expression.type ?? STRING, evaluate: typed(expression) };
  // Of a segment: the value of one of its own output fields.
  const { slot, type } = scope.field(required(element, 'value'), element);
  return { type, evaluate: ({ values }) => values[slot] };
};

const typed = (expression: Expression): ((frame: Frame) => Value) =>
  expression.type === undefined ? evaluateAs(expression, STRING) : expression.evaluate;

const FEATURES: ReadonlyMap<string, Feature> = new Map<string, Feature>(
  Object.entries({
    predictedValue: predicted,
    predictedDisplayValue: (_, { model, treatment }) => ({
      type: STRING,
      evaluate: () => {
        const value = predictedValue(model.prediction, model.categories, model.isClassifier);
        if (value === undefined) return undefined;
        return (
          treatment.displayValue(value) ?? model.target.dataField?.displayValues.get(String(value)) ?? String(value)
        );
      },
    }),
    probability: ofClass('probabilities'),
    confidence: ofClass('confidences'),
    transformedValue: transformed,
    decision: transformed,
    entityId: (_, { model }) => ({ type: STRING, evaluate: () => model.prediction.entity }),
    reasonCode: (element, { model }) => {
      const rank = numberAttribute(element, 'rank') ?? 1;
      return { type: STRING, evaluate: () => model.prediction.reasons[rank - 1] };
    },
    residual: (element, { model, scope }) => {
      const { prediction, categories, isClassifier, target } = model;
      const { slot } = scope.field(target.name ?? '', element);
      return {
        type: DOUBLE,
        evaluate: ({ values }) => {
          const actual = values[slot];
          const value = predictedValue(prediction, categories, isClassifier);
          if (actual === undefined || value === undefined) return undefined;
          if (!isClassifier) return Number(actual) - Number(value);
          return (actual === value ? 1 : 0) - (prediction.probabilities[prediction.winner] ?? 0);
        },
      };
    },
    warning: () => ({
      type: STRING,
      evaluate: ({ warnings }) => (warnings.length === 0 ? undefined : warnings.join('; ')),
    }),
  } satisfies Record<string, Feature>),
);
