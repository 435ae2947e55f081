import type { BoostingRules } from './boost';

/** For some thousand rows at most: shallow, slow, and the number of rounds from a full inner cross-validation. */
const SMALL: BoostingRules = {
  depth: 2,
  learningRate: 0.06,
  mostRounds: 500,
  patience: 40,
  trialFolds: 4,
  trials: 4,
  rowShare: 0.7,
  inputShare: 0.4,
  lambda: 3,
  leastHessian: 2,
  leastRows: 10,
  leastGain: 0,
  mostLimits: 48,
  isConstrained: true,
};

/** For many rows: deeper and quicker; one hold-out says enough about the number of rounds. */
const LARGE: BoostingRules = {
  ...SMALL,
  depth: 4,
  learningRate: 0.08,
  mostRounds: 400,
  patience: 25,
  trialFolds: 5,
  trials: 1,
  inputShare: 0.5,
  leastHessian: 5,
  leastRows: 40,
  mostLimits: 96,
  isConstrained: false,
};

/** The rules for a data set of this size. */
export const defaultBoosting = (rows: number): BoostingRules => (rows < 5_000 ? SMALL : LARGE);
