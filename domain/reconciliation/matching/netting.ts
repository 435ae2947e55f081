import { amountAt, type ItemTable, numberAt } from './item-table';

/** What is left of a statement when its corrections have been netted. */
export interface Netted {
  /** The amounts as they stand after netting. */
  readonly amounts: BigInt64Array;
  /** 1 for a line that is gone: taken back whole, or itself the correction of another one. */
  readonly gone: Uint8Array;
}

/**
 * Nets corrections into the lines they correct. A line netted to nothing is gone; one netted to another amount stands
 * with that amount. A correction of a line that is not in the statement (it was on an earlier one), of another
 * correction, or in another currency, stands for itself. The total stays the same.
 */
export const netCorrections = (lines: ItemTable): Netted => {
  const gone = new Uint8Array(lines.length);
  if (!lines.hasCorrections) return { amounts: lines.amounts, gone };
  const amounts = lines.amounts.slice();
  const correctable = linesThatAreNamed(lines);
  const touched: number[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    const target = correctable.get(numberAt(lines.corrected, line));
    if (target === undefined || lines.currencies[target] !== lines.currencies[line]) continue;
    amounts[target] = amountAt(amounts, target) + amountAt(lines.amounts, line);
    gone[line] = 1;
    touched.push(target);
  }
  for (const target of touched) if (amounts[target] === 0n) gone[target] = 1;
  return { amounts, gone };
};

/** The first line of each id that some correction names; corrections themselves cannot be corrected. */
const linesThatAreNamed = (lines: ItemTable): ReadonlyMap<number, number> => {
  const named = new Set<number>();
  for (let line = 0; line < lines.length; line += 1) {
    const id = numberAt(lines.corrected, line);
    if (id !== 0) named.add(id);
  }
  const correctable = new Map<number, number>();
  for (let line = 0; line < lines.length; line += 1) {
    const id = numberAt(lines.ids, line);
    if (lines.corrected[line] === 0 && named.has(id) && !correctable.has(id)) correctable.set(id, line);
  }
  return correctable;
};
