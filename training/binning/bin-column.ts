import type { Column } from '../data-set';
import { type Cell, cellsOf, type Tally } from './cells';
import { bestPartition, type Partition, type PartitionRules } from './partition';

export interface BinningRules {
  /** A bin has at least this share of the rows, and this many of them. */
  readonly leastShare: number;
  readonly leastRows: number;
  /** What a further bin must add to the log-likelihood. */
  readonly price: number;
  /** Imagined rows, good and bad as in the whole, that each bin gets (Laplace). */
  readonly smoothing: number;
}

export const DEFAULT_BINNING: BinningRules = { leastShare: 0.05, leastRows: 30, price: 1.5, smoothing: 1 };

/** What a bin takes in. Bins of numbers are looked at in order: the first whose limit is not passed. */
export type BinContent =
  | { readonly kind: 'upTo'; readonly upTo: number }
  | { readonly kind: 'above' }
  | { readonly kind: 'levels'; readonly codes: readonly number[] }
  | { readonly kind: 'missing' };

/** Weight of evidence: ln(share of the good / share of the bad); more is better. */
export type Bin = Tally & { readonly content: BinContent; readonly woe: number };

export interface BinnedColumn {
  readonly name: string;
  /** The last one is for what is missing. */
  readonly bins: readonly Bin[];
  /** Information value: Σ (share of the good - share of the bad) · WOE. */
  readonly informationValue: number;
}

const partitionOf = (column: Column, cells: readonly Cell[], rules: Omit<PartitionRules, 'direction'>): Partition => {
  const along = (direction: PartitionRules['direction']) => bestPartition(cells, { ...rules, direction });
  const trend = column.declared.kind === 'nominal' ? 'rising' : column.declared.trend;
  if (trend !== 'either') return along(trend);
  const rising = along('rising');
  const falling = along('falling');
  return rising.worth >= falling.worth ? rising : falling;
};

const together = (cells: readonly Tally[]): Tally => ({
  good: cells.reduce((total, { good }) => total + good, 0),
  bad: cells.reduce((total, { bad }) => total + bad, 0),
});

const contentOf = (cells: readonly Cell[], isLast: boolean): BinContent => {
  const last = cells.at(-1);
  if (last?.kind !== 'upTo') {
    const codes = cells.flatMap((cell) => (cell.kind === 'level' ? [cell.code] : []));
    return { kind: 'levels', codes: codes.sort((a, b) => a - b) };
  }
  return isLast ? { kind: 'above' } : { kind: 'upTo', upTo: last.upTo };
};

/**
 * Divides a column into bins by these rows alone. What is missing has a bin of its own; when nothing was missing there
 * is no evidence, and it gets the WOE of the worst bin: silence never pays.
 */
export const binColumn = (
  column: Column,
  bad: Uint8Array,
  rows: Int32Array,
  { leastShare, leastRows, price, smoothing }: BinningRules = DEFAULT_BINNING,
): BinnedColumn => {
  const { ordered, missing } = cellsOf(column, bad, rows);
  const { ends } = partitionOf(column, ordered, { leastRows: Math.max(leastRows, leastShare * rows.length), price });
  const total = together([...ordered, missing]);
  const shareOfBad = total.bad / rows.length;
  const woeOf = (tally: Tally): number => {
    const good = tally.good + smoothing * (1 - shareOfBad);
    return Math.log(good / (tally.bad + smoothing * shareOfBad)) - Math.log(total.good / total.bad);
  };
  const bins = ends.map((end, index): Bin => {
    const cells = ordered.slice(ends[index - 1] ?? 0, end);
    const tally = together(cells);
    return { ...tally, content: contentOf(cells, index === ends.length - 1), woe: woeOf(tally) };
  });
  const isMissingKnown = missing.good + missing.bad > 0;
  const worst = bins.reduce((least, { woe }) => Math.min(least, woe), 0);
  const all = [
    ...bins,
    { ...missing, content: { kind: 'missing' as const }, woe: isMissingKnown ? woeOf(missing) : worst },
  ];
  return {
    name: column.declared.name,
    bins: all,
    informationValue: all.reduce(
      (iv, { good, bad: bads, woe }) => iv + (good / total.good - bads / total.bad) * woe,
      0,
    ),
  };
};

/** The bin of each of these rows. */
export const binsOfRows = ({ bins }: BinnedColumn, column: Column, rows: Int32Array): Uint8Array => {
  const missing = bins.length - 1;
  if (column.kind === 'numeric') {
    const limits = bins.flatMap(({ content }) => (content.kind === 'upTo' ? [content.upTo] : []));
    return Uint8Array.from(rows, (row) => {
      const value = column.values[row] ?? Number.NaN;
      if (Number.isNaN(value)) return missing;
      const bin = limits.findIndex((limit) => value <= limit);
      return bin < 0 ? limits.length : bin;
    });
  }
  const binOf = column.declared.levels.map((_, code) =>
    bins.findIndex(({ content }) => content.kind === 'levels' && content.codes.includes(code)),
  );
  return Uint8Array.from(rows, (row) => {
    const bin = binOf[column.codes[row] ?? -1] ?? -1;
    return bin < 0 ? missing : bin;
  });
};
