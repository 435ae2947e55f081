import { solve } from './linear-system';
import { sigmoid } from './vector';

export interface LogisticProblem {
  /** One array per input, all as long as `outcomes`. */
  readonly inputs: readonly Float64Array[];
  /** 1 for the event that is modelled, 0 for its absence. */
  readonly outcomes: Uint8Array;
  /** Weight of half the sum of squared coefficients; the intercept is not penalised. */
  readonly ridge: number;
}

export interface LogisticFit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
  readonly steps: number;
}

const MOST_STEPS = 50;
const TOLERANCE = 1e-10;
/** Keeps the matrix invertible when nothing else does: a constant input without a penalty. */
const JITTER = 1e-9;

interface Derivatives {
  readonly gradient: Float64Array;
  readonly hessian: readonly Float64Array[];
}

/** One case: `row` are its inputs after a 1, `surplus` is outcome less probability. */
const addCase = ({ gradient, hessian }: Derivatives, row: Float64Array, surplus: number, weight: number): void => {
  for (let j = 0; j < row.length; j += 1) {
    const x = row[j] ?? 0;
    gradient[j] = (gradient[j] ?? 0) + surplus * x;
    const line = hessian[j];
    if (line === undefined) continue;
    for (let k = 0; k <= j; k += 1) line[k] = (line[k] ?? 0) + weight * x * (row[k] ?? 0);
  }
};

/** Adds the penalty, and mirrors the lower triangle. */
const finish = ({ gradient, hessian }: Derivatives, ridge: number, beta: Float64Array): void => {
  hessian.forEach((line, j) => {
    const penalty = j === 0 ? 0 : ridge;
    line[j] = (line[j] ?? 0) + JITTER + penalty;
    gradient[j] = (gradient[j] ?? 0) - penalty * (beta[j] ?? 0);
  });
  hessian.forEach((line, j) => {
    for (let k = j + 1; k < line.length; k += 1) line[k] = hessian[k]?.[j] ?? 0;
  });
};

/** Of the penalised log-likelihood at these coefficients; place 0 is the intercept. */
const derivativesAt = ({ inputs, outcomes, ridge }: LogisticProblem, beta: Float64Array): Derivatives => {
  const size = inputs.length + 1;
  const found: Derivatives = {
    gradient: new Float64Array(size),
    hessian: Array.from({ length: size }, () => new Float64Array(size)),
  };
  const row = new Float64Array(size).fill(1, 0, 1);
  for (let index = 0; index < outcomes.length; index += 1) {
    let eta = beta[0] ?? 0;
    for (let j = 1; j < size; j += 1) {
      const x = inputs[j - 1]?.[index] ?? 0;
      row[j] = x;
      eta += (beta[j] ?? 0) * x;
    }
    const p = sigmoid(eta);
    addCase(found, row, (outcomes[index] ?? 0) - p, p * (1 - p));
  }
  finish(found, ridge, beta);
  return found;
};

/**
 * Ridge logistic regression by iteratively reweighted least squares, i.e. Newton's method on the penalised
 * log-likelihood (Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 4.4.1). A step is cut to length 5
 * so that separable data without a penalty cannot run away.
 */
export const fitLogistic = (problem: LogisticProblem): LogisticFit => {
  const beta = new Float64Array(problem.inputs.length + 1);
  let steps = 0;
  let longest = Number.POSITIVE_INFINITY;
  while (steps < MOST_STEPS && longest > TOLERANCE) {
    const { gradient, hessian } = derivativesAt(problem, beta);
    const step = solve(hessian, gradient);
    longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const cut = longest > 5 ? 5 / longest : 1;
    step.forEach((value, j) => {
      beta[j] = (beta[j] ?? 0) + cut * value;
    });
    steps += 1;
  }
  return { intercept: beta[0] ?? 0, coefficients: beta.slice(1), steps };
};
