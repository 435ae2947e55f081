import type { ModelContext } from './context';
import { attribute, childrenOf, choice, faultAt, numberAttribute, required, requiredNumber } from './element';
import { standardNormalCdf } from './numerics';
import { Categories, type Prediction, type Scorer, settle } from './prediction';
import { type Frame, numberFor, type Scope } from './scope';
import type { XmlElement } from './xml';

const NORMALIZATIONS = [
  'none',
  'simplemax',
  'softmax',
  'logit',
  'probit',
  'cloglog',
  'exp',
  'loglog',
  'cauchit',
] as const;
type Normalization = (typeof NORMALIZATIONS)[number];

/** RegressionModel: http://dmg.org/pmml/v4-4-1/Regression.html */
export const compileRegression = (element: XmlElement, context: ModelContext): Scorer => {
  const { scope, isClassifier, target, isSingle } = context;
  const normalization = choice(element, 'normalizationMethod', NORMALIZATIONS, 'none');
  const round = isSingle ? Math.fround : (value: number): number => value;
  const tables = childrenOf(element, 'RegressionTable').map((table) => compileTable(table, scope, isSingle));
  const categories = new Categories(target.type);
  if (!isClassifier) {
    const [table, ...more] = tables;
    if (table === undefined || more.length > 0) {
      return faultAt(element, 'INVALID_DOCUMENT', 'a regression has exactly one RegressionTable');
    }
    const link =
      LINKS[normalization] ?? faultAt(element, 'INVALID_DOCUMENT', `${normalization} is for classifications`);
    return {
      categories,
      score: (frame, into) => {
        into.value = round(link(table(frame)));
      },
    };
  }
  for (const table of childrenOf(element, 'RegressionTable')) categories.index(required(table, 'targetCategory'));
  if (tables.length < 2 || categories.all.length !== tables.length) {
    return faultAt(element, 'INVALID_DOCUMENT', 'a classification has a RegressionTable for each of its classes');
  }
  const normalize = normalizationOf(normalization, target.optype === 'ordinal', tables.length, element);
  return { categories, score: classify(tables, normalize, round) };
};

type Table = (frame: Frame) => number;

const classify =
  (tables: readonly Table[], normalize: (values: Float64Array) => void, round: (value: number) => number) =>
  (frame: Frame, into: Prediction): void => {
    const { probabilities } = into;
    for (const [index, table] of tables.entries()) {
      const value = table(frame);
      if (Number.isNaN(value)) {
        probabilities.fill(0);
        return;
      }
      probabilities[index] = value;
    }
    normalize(probabilities);
    for (let index = 0; index < probabilities.length; index += 1) {
      probabilities[index] = round(probabilities[index] ?? 0);
    }
    settle(into);
  };

/** Inverse link functions. The softmax of one value beside a zero is the logistic function. */
const LINKS: Readonly<Record<Normalization, ((value: number) => number) | undefined>> = {
  none: (value) => value,
  simplemax: undefined,
  softmax: (value) => 1 / (1 + Math.exp(-value)),
  logit: (value) => 1 / (1 + Math.exp(-value)),
  probit: standardNormalCdf,
  cloglog: (value) => 1 - Math.exp(-Math.exp(value)),
  exp: Math.exp,
  loglog: (value) => Math.exp(-Math.exp(-value)),
  cauchit: (value) => 0.5 + Math.atan(value) / Math.PI,
};

const clamped = (value: number): number => Math.min(Math.max(value, 0), 1);

const normalizationOf = (
  normalization: Normalization,
  isOrdinal: boolean,
  count: number,
  element: XmlElement,
): ((values: Float64Array) => void) => {
  if (normalization === 'softmax') return softmax;
  if (normalization === 'simplemax') return simplemax;
  const link = LINKS[normalization];
  if (link === undefined || normalization === 'exp') {
    return faultAt(element, 'INVALID_DOCUMENT', `${normalization} is for regressions`);
  }
  if (isOrdinal) return cumulative(normalization === 'none' ? clamped : link);
  if (count === 2) return complementary(normalization === 'none' ? clamped : link);
  if (normalization === 'none') return lastTakesRest;
  return (values) => {
    for (let index = 0; index < values.length; index += 1) values[index] = link(values[index] ?? 0);
    simplemax(values);
  };
};

/** Less the largest before the exponential: the same quotients, and nothing overflows. */
const softmax = (values: Float64Array): void => {
  const largest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  for (let index = 0; index < values.length; index += 1) values[index] = Math.exp((values[index] ?? 0) - largest);
  simplemax(values);
};

const simplemax = (values: Float64Array): void => {
  const total = values.reduce((sum, value) => sum + value, 0);
  for (let index = 0; index < values.length; index += 1) values[index] = (values[index] ?? 0) / total;
};

const complementary =
  (link: (value: number) => number) =>
  (values: Float64Array): void => {
    const first = link(values[0] ?? 0);
    values[0] = first;
    values[1] = 1 - first;
  };

const lastTakesRest = (values: Float64Array): void => {
  const last = values.length - 1;
  values[last] = 1 - values.subarray(0, last).reduce((sum, value) => sum + value, 0);
};

/** Each table gives the probability of its class and those before it. */
const cumulative =
  (link: (value: number) => number) =>
  (values: Float64Array): void => {
    let below = 0;
    for (let index = 0; index < values.length; index += 1) {
      const upTo = index === values.length - 1 ? 1 : link(values[index] ?? 0);
      values[index] = upTo - below;
      below = upTo;
    }
  };

interface Numeric {
  readonly slot: number;
  readonly coefficient: number;
  readonly exponent: number;
}

interface Categorical {
  readonly slot: number;
  readonly code: number;
  readonly coefficient: number;
}

interface Term {
  readonly coefficient: number;
  readonly slots: readonly number[];
}

/** One equation. NaN when a number it needs is missing; a missing category counts nothing. */
const compileTable = (table: XmlElement, scope: Scope, isSingle: boolean): Table => {
  const number = (value: number): number => (isSingle ? Math.fround(value) : value);
  const coefficientOf = (element: XmlElement): number => number(requiredNumber(element, 'coefficient'));
  const numerics: readonly Numeric[] = childrenOf(table, 'NumericPredictor').map((each) => ({
    slot: scope.field(required(each, 'name', 'field'), each).slot,
    coefficient: coefficientOf(each),
    exponent: numberAttribute(each, 'exponent') ?? 1,
  }));
  const categoricals: readonly Categorical[] = childrenOf(table, 'CategoricalPredictor').map((each) => {
    const field = scope.field(required(each, 'name', 'field'), each);
    return {
      slot: field.slot,
      code: numberFor(field, required(each, 'value'), each),
      coefficient: coefficientOf(each),
    };
  });
  const terms: readonly Term[] = childrenOf(table, 'PredictorTerm').map((each) => ({
    coefficient: coefficientOf(each),
    slots: childrenOf(each, 'FieldRef').map((ref) => scope.field(required(ref, 'field'), ref).slot),
  }));
  const intercept = attribute(table, 'intercept') === undefined ? 0 : number(requiredNumber(table, 'intercept'));
  const equation = { numerics, categoricals, terms, intercept };
  return isSingle ? (frame) => inSingles(equation, frame) : (frame) => inDoubles(equation, frame);
};

interface Equation {
  readonly numerics: readonly Numeric[];
  readonly categoricals: readonly Categorical[];
  readonly terms: readonly Term[];
  readonly intercept: number;
}

const productOf = ({ coefficient, slots }: Term, numbers: Float64Array): number => {
  let product = coefficient;
  for (const slot of slots) product *= numbers[slot] ?? Number.NaN;
  return product;
};

const inDoubles = ({ numerics, categoricals, terms, intercept }: Equation, { numbers }: Frame): number => {
  let sum = 0;
  for (const { slot, coefficient, exponent } of numerics) {
    const value = numbers[slot] ?? Number.NaN;
    sum += coefficient * (exponent === 1 ? value : value ** exponent);
  }
  for (const { slot, code, coefficient } of categoricals) if (numbers[slot] === code) sum += coefficient;
  for (const term of terms) sum += productOf(term, numbers);
  return sum + intercept;
};

/** The same, each step rounded to 32 bits. */
const inSingles = ({ numerics, categoricals, terms, intercept }: Equation, { numbers }: Frame): number => {
  const { fround } = Math;
  let sum = 0;
  for (const { slot, coefficient, exponent } of numerics) {
    const value = numbers[slot] ?? Number.NaN;
    sum = fround(sum + fround(coefficient * fround(exponent === 1 ? value : value ** exponent)));
  }
  for (const { slot, code, coefficient } of categoricals) if (numbers[slot] === code) sum = fround(sum + coefficient);
  for (const term of terms) sum = fround(sum + fround(productOf(term, numbers)));
  return fround(sum + intercept);
};
