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

/** Of the penalised log-likelihood at these coefficients; place 0 is the intercept. */
const derivatives = ({ inputs, outcomes, ridge }: LogisticProblem, beta: Float64Array): Derivatives => {
  const size = inputs.length + 1;
  const gradient = new Float64Array(size);
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  const row = new Float64Array(size);
  row[0] = 1;
  for (let index = 0; index < outcomes.length; index += 1) {
    let eta = beta[0] ?? 0;
    for (let j = 1; j < size; j += 1) {
      const x = inputs[j - 1]?.[index] ?? 0;
      row[j] = x;
      eta += (beta[j] ?? 0) * x;
    }
    const p = sigmoid(eta);
    const weight = p * (1 - p);
    for (let j = 0; j < size; j += 1) {
      const x = row[j] ?? 0;
      gradient[j] = (gradient[j] ?? 0) + ((outcomes[index] ?? 0) - p) * x;
      const line = hessian[j];
      if (line === undefined) continue;
      for (let k = 0; k <= j; k += 1) line[k] = (line[k] ?? 0) + weight * x * (row[k] ?? 0);
    }
  }
  hessian.forEach((line, j) => {
    line[j] = (line[j] ?? 0) + JITTER + (j === 0 ? 0 : ridge);
    gradient[j] = (gradient[j] ?? 0) - (j === 0 ? 0 : ridge * (beta[j] ?? 0));
    for (let k = j + 1; k < size; k += 1) line[k] = hessian[k]?.[j] ?? 0;
  });
  return { gradient, hessian };
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
    const { gradient, hessian } = derivatives(problem, beta);
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
