import { type DataType, isNumeric, parseAs, type Value } from './data-types';
import type { DataField } from './fields';
import type { Field, Frame } from './scope';

/** A class that a model can predict. */
export interface Category {
  /** The same for "1" and "1.0" where the target is a number. */
  readonly key: string;
  readonly value: number | string | boolean;
}

/** The classes of a model, each with its index. Grows while the model is compiled. */
export class Categories {
  readonly all: Category[] = [];
  private readonly indices = new Map<string, number>();

  constructor(
    private readonly type: DataType,
    texts: readonly string[] = [],
  ) {
    for (const text of texts) this.index(text);
  }

  /** The index of a class, which is taken in if it is new. */
  index(text: string): number {
    const category = this.of(text);
    const known = this.indices.get(category.key);
    if (known !== undefined) return known;
    this.all.push(category);
    this.indices.set(category.key, this.all.length - 1);
    return this.all.length - 1;
  }

  /** The index of a class; -1 where the model does not know it. */
  find(text: string): number {
    return this.indices.get(this.of(text).key) ?? -1;
  }

  private of(text: string): Category {
    const value = parseAs(this.type, text) ?? text;
    return { key: isNumeric(this.type) ? String(Number(value)) : String(value), value };
  }
}

/** What a model says of the row at hand. One stands for each model and is written anew for each row. */
export interface Prediction {
  /** Of a regression. NaN: it says nothing. */
  value: number;
  /** Index of the class that a classification predicts. -1: it says nothing. */
  winner: number;
  /** By class. */
  readonly probabilities: Float64Array;
  readonly confidences: Float64Array;
  /** The node of a tree or the segment of an ensemble that was decisive. */
  entity: string | undefined;
  /** Reason codes, the weightiest first. */
  reasons: readonly string[];
}

export const newPrediction = (categories: number): Prediction => ({
  value: Number.NaN,
  winner: -1,
  probabilities: new Float64Array(categories),
  confidences: new Float64Array(categories),
  entity: undefined,
  reasons: [],
});

const NO_REASONS: readonly string[] = [];

export const forget = (prediction: Prediction): void => {
  prediction.value = Number.NaN;
  prediction.winner = -1;
  prediction.entity = undefined;
  prediction.reasons = NO_REASONS;
  if (prediction.probabilities.length === 0) return;
  prediction.probabilities.fill(0);
  prediction.confidences.fill(0);
};

/** The most probable class, the first of equals; its index. Sets the confidences to the probabilities. */
export const settle = (prediction: Prediction): void => {
  const { probabilities, confidences } = prediction;
  let winner = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < probabilities.length; index += 1) {
    const probability = probabilities[index] ?? 0;
    confidences[index] = probability;
    if (probability > most) {
      most = probability;
      winner = index;
    }
  }
  prediction.winner = winner;
};

/** What a model predicts. */
export interface TargetField {
  readonly name: string | undefined;
  readonly type: DataType;
  readonly optype: Field['optype'];
  readonly dataField: DataField | undefined;
}

/** A model with its schema, targets and outputs: evaluating it writes its prediction and its output fields. */
export interface Model {
  readonly isClassifier: boolean;
  readonly target: TargetField;
  readonly categories: Categories;
  readonly prediction: Prediction;
  /** The fields that its Output gives. */
  readonly outputs: readonly Field[];
  readonly evaluate: (frame: Frame) => void;
  /** The model that last ran as a segment, by the segment's id; undefined where it did not run. */
  readonly segment: (id: string) => Model | undefined;
}

/** The kernel of a model, without its schema, targets and outputs. */
export interface Scorer {
  readonly categories: Categories;
  /** Writes what it says of a frame, into a prediction that says nothing yet. */
  readonly score: (frame: Frame, into: Prediction) => void;
  /** Of an ensemble: a segment's model by its id, which says nothing of a row on which it did not run. */
  readonly segment?: (id: string) => Model | undefined;
}

/** A segment's view on another model's classes: where each of them stands here. */
export const alignment = (from: Categories, to: Categories): Int32Array =>
  Int32Array.from(from.all, ({ value }) => to.index(String(value)));

export const isNothing = (prediction: Prediction, isClassifier: boolean): boolean =>
  isClassifier ? prediction.winner < 0 : Number.isNaN(prediction.value);

export const predictedValue = (prediction: Prediction, categories: Categories, isClassifier: boolean): Value => {
  if (isNothing(prediction, isClassifier)) return undefined;
  return isClassifier ? categories.all[prediction.winner]?.value : prediction.value;
};
