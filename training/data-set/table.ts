import { assert, unreachable } from '../../domain/kernel';
import type { Csv } from './csv';
import type { ColumnDeclaration, DataDictionary } from './dictionary';
import { UnusableTrainingData } from './refused';

/** NaN where the value is missing. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly declared: Extract<ColumnDeclaration, { readonly kind: 'numeric' }>;
  readonly values: Float64Array;
}

/** Positions in the declared levels; -1 where the value is missing. */
export interface LevelColumn {
  readonly kind: 'levels';
  readonly declared: Extract<ColumnDeclaration, { readonly kind: 'ordinal' | 'nominal' }>;
  readonly codes: Int16Array;
}

export type Column = NumericColumn | LevelColumn;

/** A data set, column by column. */
export interface Table {
  readonly dictionary: DataDictionary;
  readonly ids: readonly string[];
  /** 1 for bad, 0 for good. */
  readonly bad: Uint8Array;
  readonly columns: ReadonlyMap<string, Column>;
}

/** Cells that say that nothing is known. */
const MISSING = new Set(['', 'NA', 'NaN', 'null']);

const numberOf = (cell: string, where: () => string): number => {
  if (MISSING.has(cell)) return Number.NaN;
  const value = Number(cell);
  if (!Number.isFinite(value)) throw new UnusableTrainingData(`${where()} is not a number`);
  return value;
};

const columnOf = (declared: ColumnDeclaration, cells: readonly string[]): Column => {
  const where = (row: number) => `column ${declared.name}, record ${row + 1}`;
  switch (declared.kind) {
    case 'numeric':
      return {
        kind: 'numeric',
        declared,
        values: Float64Array.from(cells, (cell, row) => numberOf(cell, () => where(row))),
      };
    case 'ordinal':
    case 'nominal': {
      const codes = new Map(declared.levels.map((level, code) => [level, code]));
      const codeOf = (cell: string, row: number): number => {
        const code = MISSING.has(cell) ? -1 : codes.get(cell);
        if (code === undefined) throw new UnusableTrainingData(`${where(row)} has a level that is not declared`);
        return code;
      };
      return { kind: 'levels', declared, codes: Int16Array.from(cells, codeOf) };
    }
    default:
      return unreachable(declared);
  }
};

/** Takes the declared columns out of a file; what is not declared is not read. */
export const tableOf = ({ header, records }: Csv, dictionary: DataDictionary): Table => {
  const cellsOf = (name: string): readonly string[] => {
    const position = header.indexOf(name);
    if (position < 0) throw new UnusableTrainingData(`there is no column ${name}`);
    return records.map((record) => record[position] ?? '');
  };
  const { id, target, columns } = dictionary;
  const bad = Uint8Array.from(cellsOf(target.column), (cell, row) => {
    if (cell !== target.bad && cell !== target.good) {
      throw new UnusableTrainingData(`column ${target.column}, record ${row + 1} is neither good nor bad`);
    }
    return cell === target.bad ? 1 : 0;
  });
  if (!bad.includes(1) || !bad.includes(0)) throw new UnusableTrainingData('there must be good and bad cases');
  const ids = cellsOf(id);
  if (new Set(ids).size !== ids.length) throw new UnusableTrainingData(`column ${id} names a record twice`);
  return {
    dictionary,
    ids,
    bad,
    columns: new Map(columns.map((declared) => [declared.name, columnOf(declared, cellsOf(declared.name))])),
  };
};

export const columnNamed = ({ columns }: Table, name: string): Column => {
  const column = columns.get(name);
  assert(column !== undefined, `no column ${name}`);
  return column;
};

/** The columns that a model may see, and no others: no protected attribute comes through here. */
export const inputColumns = (table: Table): readonly Column[] =>
  table.dictionary.columns.filter(({ use }) => use === 'input').map(({ name }) => columnNamed(table, name));

/** One record as a model is asked about it: inputs only, null where missing. */
export const recordOf = (table: Table, row: number): Readonly<Record<string, string | number | null>> =>
  Object.fromEntries(
    inputColumns(table).map((column) => {
      if (column.kind === 'levels')
        return [column.declared.name, column.declared.levels[column.codes[row] ?? -1] ?? null];
      const value = column.values[row] ?? Number.NaN;
      return [column.declared.name, Number.isNaN(value) ? null : value];
    }),
  );
