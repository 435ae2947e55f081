import { columnNamed, type Table } from '../data-set';
import { sigmoid } from '../numerics';
import { badWeightOf } from './model-kind';

/** One group of a protected attribute at the cut-off. */
export interface GroupImpact {
  readonly group: string;
  readonly rows: number;
  /** Share that the cut-off approves. */
  readonly approved: number;
  /** Against the group that is approved most. */
  readonly ratio: number;
  /** Below four fifths (29 CFR 1607.4 D). Null for a group that is too small to say. */
  readonly isBelowFourFifths: boolean | null;
  /** Two-sided, that a difference at least as large is chance (two proportions). */
  readonly pValue: number;
  /** Share of bad cases, among applicants. */
  readonly observedBad: number;
  /** Mean probability of bad that was foretold, among applicants. */
  readonly foretoldBad: number;
}

export interface AttributeImpact {
  readonly attribute: string;
  readonly title: string;
  readonly why: string;
  readonly reference: string;
  readonly groups: readonly GroupImpact[];
}

/** Smaller groups are shown, not judged, and are nobody's reference (2 %: Questions and Answers on 29 CFR 1607). */
const leastRows = ({ bad }: Table): number => Math.max(30, 0.02 * bad.length);

const bandName = (bands: readonly number[], band: number): string => {
  const from = bands[band - 1];
  const upTo = bands[band];
  if (upTo === undefined) return `above ${from ?? ''}`;
  return from === undefined ? `up to ${upTo}` : `above ${from}, up to ${upTo}`;
};

/** The group of each row by a protected column, and the groups' names in their order. */
const groupsOf = (table: Table, name: string): { readonly names: readonly string[]; readonly of: Int32Array } => {
  const column = columnNamed(table, name);
  if (column.kind === 'numeric') {
    const bands = column.declared.bands ?? [];
    const names = [...bands.map((_, band) => bandName(bands, band)), bandName(bands, bands.length), 'unknown'];
    const of = Int32Array.from(column.values, (value) => {
      if (Number.isNaN(value)) return names.length - 1;
      const band = bands.findIndex((limit) => value <= limit);
      return band < 0 ? bands.length : band;
    });
    return { names, of };
  }
  const { declared } = column;
  const labels = declared.kind === 'nominal' ? (declared.labels ?? {}) : {};
  const names = [...declared.levels.map((level) => labels[level] ?? level), 'unknown'];
  return { names, of: Int32Array.from(column.codes, (code) => (code < 0 ? names.length - 1 : code)) };
};

/** P(|Z| > z) for a standard normal Z (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
const twoSided = (z: number): number => {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(1, series * Math.exp(-x * x));
};

interface Count {
  readonly group: string;
  readonly rows: number;
  readonly approved: number;
  readonly observed: number;
  readonly foretold: number;
}

const pValueOf = (group: Count, reference: Count): number => {
  const pooled = (group.approved + reference.approved) / (group.rows + reference.rows);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / group.rows + 1 / reference.rows));
  return deviation === 0
    ? 1
    : twoSided((group.approved / group.rows - reference.approved / reference.rows) / deviation);
};

const countsOf = (table: Table, name: string, unseen: readonly Float64Array[], cutoff: number): readonly Count[] => {
  const { names, of } = groupsOf(table, name);
  const badWeight = badWeightOf(table);
  return names.flatMap((group, number) => {
    const rows = Int32Array.from(of.keys()).filter((row) => of[row] === number);
    if (rows.length === 0) return [];
    const weightOf = (row: number): number => (table.bad[row] === 1 ? badWeight : 1);
    const weight = rows.reduce((total, row) => total + weightOf(row), 0);
    let approved = 0;
    let foretold = 0;
    for (const margins of unseen) {
      for (const row of rows) {
        const margin = margins[row] ?? 0;
        if (margin <= cutoff) approved += 1 / unseen.length;
        foretold += (weightOf(row) * sigmoid(margin)) / unseen.length;
      }
    }
    const bad = rows.reduce((total, row) => total + (table.bad[row] === 1 ? badWeight : 0), 0);
    return [{ group, rows: rows.length, approved, observed: bad / weight, foretold: foretold / weight }];
  });
};

/** The margin up to which this share of the rows is approved. */
export const cutoffFor = (unseen: readonly Float64Array[], approvedShare: number): number => {
  const sorted = Float64Array.from(unseen.flatMap((margins) => [...margins])).sort();
  return sorted[Math.max(0, Math.ceil(approvedShare * sorted.length) - 1)] ?? 0;
};

/**
 * Approval by protected group, from margins of models that had not seen the rows, at one cut-off (approved: margins up
 * to it). Ratios are against the most approved group that is large enough.
 */
export const adverseImpact = (
  table: Table,
  unseen: readonly Float64Array[],
  cutoff: number,
): readonly AttributeImpact[] =>
  table.dictionary.columns
    .filter(({ use }) => use === 'protected')
    .flatMap(({ name, title, why }): readonly AttributeImpact[] => {
      const counts = countsOf(table, name, unseen, cutoff);
      const judged = counts.filter(({ rows }) => rows >= leastRows(table));
      const [first] = judged;
      if (first === undefined) return [];
      const share = ({ approved, rows }: Count): number => approved / rows;
      const reference = judged.reduce((best, one) => (share(one) > share(best) ? one : best), first);
      const groups = counts.map((count): GroupImpact => {
        const ratio = share(reference) === 0 ? 1 : share(count) / share(reference);
        return {
          group: count.group,
          rows: count.rows,
          approved: share(count),
          ratio,
          isBelowFourFifths: count.rows < leastRows(table) ? null : ratio < 0.8,
          pValue: pValueOf(count, reference),
          observedBad: count.observed,
          foretoldBad: count.foretold,
        };
      });
      return [{ attribute: name, title, why: why ?? '', reference: reference.group, groups }];
    });

/** The least ratio of any group that is large enough, at one share of approvals. */
export interface LeastRatio {
  readonly attribute: string;
  readonly approvedShare: number;
  readonly ratio: number;
}

const APPROVED_SHARES = [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

/** How adverse impact depends on the cut-off: what a risk officer looks at before choosing one. */
export const leastRatios = (table: Table, unseen: readonly Float64Array[]): readonly LeastRatio[] =>
  APPROVED_SHARES.flatMap((approvedShare) =>
    adverseImpact(table, unseen, cutoffFor(unseen, approvedShare)).map(({ attribute, groups }) => {
      const judged = groups.filter(({ isBelowFourFifths }) => isBelowFourFifths !== null);
      return { attribute, approvedShare, ratio: Math.min(...judged.map(({ ratio }) => ratio)) };
    }),
  );
