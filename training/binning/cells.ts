import { unreachable } from '../../domain/kernel';
import type { Column, NumericColumn } from '../data-set';

/** What stands in one place on the scale of a column: good and bad cases. */
export interface Tally {
  readonly good: number;
  readonly bad: number;
}

/** The finest piece of a column that binning looks at: numbers up to `upTo`, or one level. */
export type Cell = Tally &
  ({ readonly kind: 'upTo'; readonly upTo: number } | { readonly kind: 'level'; readonly code: number });

export interface Cells {
  /** In the order in which neighbours may be put together. */
  readonly ordered: readonly Cell[];
  readonly missing: Tally;
}

/** Cells of a number, at most; more would only cost time, for a bin holds many of them. */
const MOST_CELLS = 40;

const numericCells = ({ values }: NumericColumn, bad: Uint8Array, rows: Int32Array): Cells => {
  const known = rows.filter((row) => !Number.isNaN(values[row] ?? Number.NaN));
  known.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ordered: Cell[] = [];
  const fill = known.length / MOST_CELLS;
  let good = 0;
  let badCount = 0;
  for (let place = 0; place < known.length; place += 1) {
    const row = known[place] ?? 0;
    const upTo = values[row] ?? 0;
    if (bad[row] === 1) badCount += 1;
    else good += 1;
    const next = known[place + 1];
    const isLastOfItsValue = next === undefined || values[next] !== upTo;
    if (!isLastOfItsValue || (good + badCount < fill && next !== undefined)) continue;
    ordered.push({ kind: 'upTo', upTo, good, bad: badCount });
    good = 0;
    badCount = 0;
  }
  const missingRows = rows.filter((row) => Number.isNaN(values[row] ?? Number.NaN));
  const missingBad = missingRows.filter((row) => bad[row] === 1).length;
  return { ordered, missing: { good: missingRows.length - missingBad, bad: missingBad } };
};

const levelCells = (codes: Int16Array, levels: number, bad: Uint8Array, rows: Int32Array): Cells => {
  const goods = new Float64Array(levels + 1);
  const bads = new Float64Array(levels + 1);
  for (const row of rows) {
    const place = (codes[row] ?? -1) + 1;
    if (bad[row] === 1) bads[place] = (bads[place] ?? 0) + 1;
    else goods[place] = (goods[place] ?? 0) + 1;
  }
  const tally = (place: number): Tally => ({ good: goods[place] ?? 0, bad: bads[place] ?? 0 });
  return {
    ordered: Array.from({ length: levels }, (_, code): Cell => ({ kind: 'level', code, ...tally(code + 1) })),
    missing: tally(0),
  };
};

/** Levels without an order of their own, by their risk; rare ones are drawn to the average. */
const byRisk = ({ ordered, missing }: Cells): Cells => {
  const bad = ordered.reduce((total, cell) => total + cell.bad, 0);
  const all = ordered.reduce((total, cell) => total + cell.good + cell.bad, 0);
  const risk = (cell: Cell): number => (cell.bad + 2 * (bad / all)) / (cell.good + cell.bad + 2);
  return { ordered: [...ordered].sort((a, b) => risk(a) - risk(b)), missing };
};

/** Counts these rows of a column into cells. */
export const cellsOf = (column: Column, bad: Uint8Array, rows: Int32Array): Cells => {
  if (column.kind === 'numeric') return numericCells(column, bad, rows);
  const { declared, codes } = column;
  const cells = levelCells(codes, declared.levels.length, bad, rows);
  switch (declared.kind) {
    case 'ordinal':
      return cells;
    case 'nominal':
      return byRisk(cells);
    default:
      return unreachable(declared);
  }
};
