import type { DataDictionary, Repeat, Table } from './data-set';
import { bandCounts, bandLimits, type CalibrationBand, calibrationOf, gini, ks, psiByChance } from './metrics';
import { mean, sigmoid, standardDeviation } from './numerics';
import {
  type AttributeImpact,
  adverseImpact,
  badWeightOf,
  cutoffFor,
  type FoldFigures,
  type LeakageCheck,
  type LeastRatio,
  leastRatios,
  type ModelName,
  type Validation,
} from './validation';

/** What is known about a model, from rows that it had not seen; means are over folds. */
export interface ModelFigures {
  readonly auc: number;
  readonly aucDeviation: number;
  readonly ks: number;
  /** Of all rows of a repeat together, mean over repeats: on small folds the mean of KS is too high. */
  readonly ksPooled: number;
  readonly gini: number;
  /** With the sample's share of bad cases. */
  readonly brier: number;
  readonly logLoss: number;
  readonly psi: number;
  /** What chance alone makes of the PSI on folds of this size. */
  readonly psiByChance: number;
  readonly trainAuc: number;
  readonly cutoff: {
    readonly approvedShare: number;
    /** Approved up to this probability of bad, among applicants. */
    readonly probability: number;
  };
  /** Among applicants. */
  readonly calibration: readonly CalibrationBand[];
  readonly adverseImpact: readonly AttributeImpact[];
  /** The same at other cut-offs, by the least ratio of each attribute. */
  readonly leastRatios: readonly LeastRatio[];
  /** AUC that is lost when an input is shuffled; most first. */
  readonly importance: readonly { readonly input: string; readonly aucLost: number }[];
  /** The final model's own log-odds of bad over the sample, in bands: what later applicants are compared with (PSI). */
  readonly reference: { readonly limits: readonly number[]; readonly counts: readonly number[] };
  readonly folds: readonly FoldFigures[];
}

export interface TrainingFigures {
  readonly format: 1;
  readonly dataSet: {
    readonly name: string;
    readonly title: string;
    readonly source: string;
    readonly licence: string;
    /** SHA-256 of the file that was read. */
    readonly sha256: string;
    readonly rows: number;
    readonly bad: number;
  };
  readonly seed: number;
  readonly validation: { readonly repeats: number; readonly folds: number; readonly foldsGiven: boolean };
  readonly prior: { readonly sample: number; readonly applicants: number };
  readonly inputs: readonly string[];
  readonly leftOut: readonly { readonly column: string; readonly use: string; readonly why: string }[];
  readonly models: Readonly<Record<ModelName, ModelFigures>>;
  readonly leakage: readonly LeakageCheck[];
}

/** Margins of all repeats one after the other, and the outcomes beside them. */
export const pooled = ({ unseen }: Validation, { bad }: Table): { margins: Float64Array; bad: Uint8Array } => ({
  margins: Float64Array.from(unseen.flatMap((margins) => [...margins])),
  bad: Uint8Array.from(unseen.flatMap(() => [...bad])),
});

/** `own` are the final model's margins over all rows. */
export const figuresOf = (
  table: Table,
  validation: Validation,
  own: Float64Array,
  approvedShare: number,
): ModelFigures => {
  const { folds, unseen, importance } = validation;
  const meanOf = (figure: (fold: FoldFigures) => number): number => mean(folds.map(figure));
  const cutoff = cutoffFor(unseen, approvedShare);
  const all = pooled(validation, table);
  const limits = bandLimits(own);
  const tested = meanOf(({ rows }) => rows);
  return {
    auc: meanOf(({ auc }) => auc),
    aucDeviation: standardDeviation(folds.map(({ auc }) => auc)),
    ks: meanOf((fold) => fold.ks),
    ksPooled: mean(unseen.map((margins) => ks(margins, table.bad))),
    gini: gini(meanOf(({ auc }) => auc)),
    brier: meanOf(({ brier }) => brier),
    logLoss: meanOf(({ logLoss }) => logLoss),
    psi: meanOf(({ psi }) => psi),
    psiByChance: psiByChance(limits.length + 1, table.bad.length - tested, tested),
    trainAuc: meanOf(({ trainAuc }) => trainAuc),
    cutoff: { approvedShare, probability: sigmoid(cutoff) },
    calibration: calibrationOf(all.margins, all.bad, badWeightOf(table)),
    adverseImpact: adverseImpact(table, unseen, cutoff),
    leastRatios: leastRatios(table, unseen),
    importance: [...importance].map(([input, aucLost]) => ({ input, aucLost })).sort((a, b) => b.aucLost - a.aucLost),
    reference: { limits, counts: bandCounts(own, limits) },
    folds,
  };
};

export const leftOutOf = ({ columns }: DataDictionary): TrainingFigures['leftOut'] =>
  columns.flatMap(({ name, use, why }) => (use === 'input' ? [] : [{ column: name, use, why: why ?? '' }]));

export const validationOf = (repeats: readonly Repeat[], foldsGiven: boolean): TrainingFigures['validation'] => ({
  repeats: repeats.length,
  folds: repeats[0]?.count ?? 0,
  foldsGiven,
});
