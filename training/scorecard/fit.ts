import { type BinnedColumn, type BinningRules, binColumn, binsOfRows, DEFAULT_BINNING } from '../binning';
import { columnNamed, inputColumns, reasonCodeOf, type Table } from '../data-set';
import { at, fitLogistic } from '../numerics';
import { DEFAULT_SCALE, factorOf, marginOf, offsetOf, type Scale } from './points';

export interface ScorecardRules {
  readonly binning: BinningRules;
  /** A column that says less is left out. */
  readonly leastInformation: number;
  readonly ridge: number;
  readonly scale: Scale;
}

export const DEFAULT_SCORECARD: ScorecardRules = {
  binning: DEFAULT_BINNING,
  leastInformation: 0.02,
  ridge: 10,
  scale: DEFAULT_SCALE,
};

export interface Characteristic {
  readonly column: string;
  readonly binned: BinnedColumn;
  readonly coefficient: number;
  /** Whole points per bin, in the order of the bins. */
  readonly points: readonly number[];
  /** What the best bin gives: points lost are counted from here. */
  readonly best: number;
  readonly reason: string;
}

export interface Scorecard {
  readonly base: number;
  readonly characteristics: readonly Characteristic[];
  readonly scale: Scale;
}

const woeColumn = (table: Table, binned: BinnedColumn, rows: Int32Array): Float64Array => {
  const bins = binsOfRows(binned, columnNamed(table, binned.name), rows);
  return Float64Array.from(bins, (bin) => binned.bins[bin]?.woe ?? 0);
};

interface Weighed {
  readonly intercept: number;
  readonly terms: readonly { readonly binned: BinnedColumn; readonly coefficient: number }[];
}

/** Fits, and leaves out the column with the worst wrong sign, until all speak as they do alone. */
const weigh = (table: Table, binned: readonly BinnedColumn[], rows: Int32Array, ridge: number): Weighed => {
  const good = Uint8Array.from(rows, (row) => 1 - (table.bad[row] ?? 0));
  const inputs = new Map(binned.map((column) => [column, woeColumn(table, column, rows)]));
  for (let left = [...binned]; ; ) {
    const fit = fitLogistic({
      inputs: left.map((column) => inputs.get(column) ?? new Float64Array()),
      outcomes: good,
      ridge,
    });
    const terms = left.map((column, index) => ({ binned: column, coefficient: at(fit.coefficients, index) }));
    const worst = Math.min(...fit.coefficients, Number.POSITIVE_INFINITY);
    if (worst > 0) return { intercept: fit.intercept, terms };
    left = terms.filter(({ coefficient }) => coefficient !== worst).map((term) => term.binned);
  }
};

/**
 * A scorecard from these rows alone: bins, choice of columns and weights. `priorShift` is added to the log-odds of bad
 * so that the points stand for the odds among applicants, where bad cases are rarer than in the sample.
 */
export const fitScorecard = (
  table: Table,
  rows: Int32Array,
  priorShift: number,
  rules: ScorecardRules = DEFAULT_SCORECARD,
): Scorecard => {
  const binned = inputColumns(table)
    .map((column) => binColumn(column, table.bad, rows, rules.binning))
    .filter(({ informationValue }) => informationValue >= rules.leastInformation);
  const { intercept, terms } = weigh(table, binned, rows, rules.ridge);
  const factor = factorOf(rules.scale);
  const declared = new Map(table.dictionary.columns.map((column) => [column.name, column]));
  return {
    base: Math.round(offsetOf(rules.scale) + factor * (intercept - priorShift)),
    scale: rules.scale,
    characteristics: terms.map((term) => {
      const points = term.binned.bins.map(({ woe }) => Math.round(factor * term.coefficient * woe));
      const column = declared.get(term.binned.name);
      return {
        column: term.binned.name,
        ...term,
        points,
        best: Math.max(...points),
        reason: column === undefined ? term.binned.name : reasonCodeOf(column),
      };
    }),
  };
};

/** Points of these rows. */
export const scoresOf = ({ base, characteristics }: Scorecard, table: Table, rows: Int32Array): Float64Array => {
  const scores = new Float64Array(rows.length).fill(base);
  for (const { binned, points } of characteristics) {
    const bins = binsOfRows(binned, columnNamed(table, binned.name), rows);
    bins.forEach((bin, index) => {
      scores[index] = (scores[index] ?? 0) + (points[bin] ?? 0);
    });
  }
  return scores;
};

/** Log-odds of bad of these rows, among applicants. */
export const scorecardMargins = (scorecard: Scorecard, table: Table, rows: Int32Array): Float64Array =>
  scoresOf(scorecard, table, rows).map((score) => marginOf(score, scorecard.scale));
