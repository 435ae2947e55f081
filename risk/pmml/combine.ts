import { medianOf } from './built-ins';
import type { Model } from './prediction';

import { type Prediction, settle } from './prediction';

/** A segment's say: it ran on this row, and predicts something. */
export interface Say {
  readonly model: Model;
  readonly weight: number;
  /** Where each of its classes stands among those of the ensemble. */
  readonly classes: Int32Array;
}

export const REGRESSIONS = [
  'sum',
  'average',
  'weightedAverage',
  'median',
  'max',
  'weightedSum',
  'x-weightedSum',
  'weightedMedian',
  'x-weightedMedian',
] as const;
export const CLASSIFICATIONS = [
  'majorityVote',
  'weightedMajorityVote',
  'sum',
  'average',
  'weightedAverage',
  'median',
  'max',
] as const;

type Combination = (says: readonly Say[], round: (value: number) => number) => number;

const sum: Combination = (says, round) => {
  let total = 0;
  for (const { model } of says) total = round(total + model.prediction.value);
  return total;
};

const weightedSum: Combination = (says, round) => {
  let total = 0;
  for (const { model, weight } of says) total = round(total + round(model.prediction.value * weight));
  return total;
};

const totalWeight = (says: readonly Say[]): number => says.reduce((total, { weight }) => total + weight, 0);

/** The least value that, with all below it, has half of the weight: so scikit-learn has it. */
const weightedMedian: Combination = (says) => {
  const sorted = says.toSorted((one, other) => one.model.prediction.value - other.model.prediction.value);
  const half = totalWeight(says) / 2;
  let below = 0;
  for (const { model, weight } of sorted) {
    below += weight;
    if (below >= half) return model.prediction.value;
  }
  return Number.NaN;
};

/** How the numbers of several models become one. */
export const NUMBERS: Readonly<Record<(typeof REGRESSIONS)[number], Combination>> = {
  sum,
  average: (says, round) => round(sum(says, round) / says.length),
  weightedAverage: (says, round) => round(weightedSum(says, round) / totalWeight(says)),
  median: (says) => medianOf(says.map(({ model }) => model.prediction.value)),
  max: (says) => Math.max(...says.map(({ model }) => model.prediction.value)),
  weightedSum,
  'x-weightedSum': weightedSum,
  weightedMedian,
  'x-weightedMedian': weightedMedian,
};

type Mixture = (says: readonly Say[], into: Prediction) => void;

const vote =
  (weightOf: (say: Say) => number): Mixture =>
  (says, into) => {
    const { probabilities } = into;
    const total = says.reduce((all, say) => all + weightOf(say), 0);
    for (const say of says) {
      const index = say.classes[say.model.prediction.winner] ?? -1;
      probabilities[index] = (probabilities[index] ?? 0) + weightOf(say);
    }
    for (let index = 0; index < probabilities.length; index += 1) {
      probabilities[index] = (probabilities[index] ?? 0) / total;
    }
    settle(into);
  };

/** Sums probabilities class by class, each model's by its weight, and divides. */
const mix = (says: readonly Say[], into: Prediction, weightOf: (say: Say) => number, divisor: number): void => {
  const { probabilities } = into;
  for (const say of says) {
    const shares = say.model.prediction.probabilities;
    const weight = weightOf(say);
    for (let index = 0; index < shares.length; index += 1) {
      const at = say.classes[index] ?? -1;
      probabilities[at] = (probabilities[at] ?? 0) + (shares[index] ?? 0) * weight;
    }
  }
  for (let index = 0; index < probabilities.length; index += 1) {
    probabilities[index] = (probabilities[index] ?? 0) / divisor;
  }
  settle(into);
};

const one = (): number => 1;
const ownWeight = ({ weight }: Say): number => weight;

/** The probability that a model gives to a class of the ensemble. */
const shareOf = ({ model, classes }: Say, category: number): number =>
  model.prediction.probabilities[classes.indexOf(category)] ?? 0;

/**
 * The class that wins by a measure of its probabilities, and the average of those models whose probability for it is
 * nearest to that measure.
 */
const nearest =
  (measure: (values: readonly number[]) => number): Mixture =>
  (says, into) => {
    let [winner, most] = [0, Number.NEGATIVE_INFINITY];
    for (let category = 0; category < into.probabilities.length; category += 1) {
      const value = measure(says.map((say) => shareOf(say, category)));
      if (value > most) [winner, most] = [category, value];
    }
    const distances = says.map((say) => Math.abs(shareOf(say, winner) - most));
    const least = Math.min(...distances);
    const contributors = says.filter((_, index) => distances[index] === least);
    mix(contributors, into, one, contributors.length);
  };

/** How the classes of several models become one distribution. */
export const CLASSES: Readonly<Record<(typeof CLASSIFICATIONS)[number], Mixture>> = {
  majorityVote: vote(one),
  weightedMajorityVote: vote(ownWeight),
  sum: (says, into) => mix(says, into, one, 1),
  average: (says, into) => mix(says, into, one, says.length),
  weightedAverage: (says, into) => mix(says, into, ownWeight, totalWeight(says)),
  median: nearest(medianOf),
  max: nearest((values) => Math.max(...values)),
};
