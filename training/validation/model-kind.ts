import type { SeededRandom } from '../../simulation/random';
import type { Table } from '../data-set';
import { logit, range } from '../numerics';
import { DEFAULT_SCORECARD, fitScorecard, type Scorecard, scorecardMargins } from '../scorecard';
import { type BoostedTrees, defaultBoosting, fitTrees, treeMargins } from '../trees';

export type ModelName = 'scorecard' | 'trees';

/** A way to make models. Whatever it learns, it learns from the rows it is given. */
export interface ModelKind<Model> {
  readonly name: ModelName;
  learn(table: Table, rows: Int32Array, random: SeededRandom): Model;
  /** Log-odds of bad of these rows, among applicants. */
  margins(model: Model, table: Table, rows: Int32Array): Float64Array;
}

/** Share of bad cases among these rows. */
export const badRate = ({ bad }: Table, rows: Int32Array): number =>
  rows.reduce((total, row) => total + (bad[row] ?? 0), 0) / rows.length;

/**
 * What is added to the log-odds of bad of a model made from these rows, so that they hold among applicants: the logit
 * of the share there less that in the rows (King and Zeng 2001, prior correction). 0 when the sample shows the
 * population.
 */
export const priorShift = (table: Table, rows: Int32Array): number => {
  const population = table.dictionary.populationBadRate;
  return population === null ? 0 : logit(population) - logit(badRate(table, rows));
};

/** How many bad applicants one bad case of the sample stands for, where a good one stands for one. */
export const badWeightOf = (table: Table): number => Math.exp(priorShift(table, range(table.bad.length)));

export const scorecards: ModelKind<Scorecard> = {
  name: 'scorecard',
  learn: (table, rows) => fitScorecard(table, rows, priorShift(table, rows), DEFAULT_SCORECARD),
  margins: scorecardMargins,
};

export const boostedTrees: ModelKind<BoostedTrees> = {
  name: 'trees',
  learn: (table, rows, random) =>
    fitTrees(table, rows, priorShift(table, rows), defaultBoosting(table.bad.length), random),
  margins: treeMargins,
};
