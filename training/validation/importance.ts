import type { SeededRandom } from '../../simulation/random';
import { type Column, columnNamed, shuffled, type Table } from '../data-set';

const shuffledColumn = (column: Column, rows: Int32Array, order: Int32Array): Column => {
  if (column.kind === 'numeric') {
    const values = Float64Array.from(column.values);
    rows.forEach((row, index) => {
      values[row] = column.values[order[index] ?? row] ?? Number.NaN;
    });
    return { ...column, values };
  }
  const codes = Int16Array.from(column.codes);
  rows.forEach((row, index) => {
    codes[row] = column.codes[order[index] ?? row] ?? -1;
  });
  return { ...column, codes };
};

/** The same table, but for one column whose values are dealt anew among these rows. */
export const withShuffledColumn = (table: Table, name: string, rows: Int32Array, random: SeededRandom): Table => {
  const column = shuffledColumn(columnNamed(table, name), rows, shuffled(rows, random));
  return { ...table, columns: new Map([...table.columns, [name, column]]) };
};
