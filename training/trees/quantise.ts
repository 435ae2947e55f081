import { assert } from '../../domain/kernel';
import { type Column, inputColumns, type NumericColumn, type Table, type Trend } from '../data-set';

/** How a column becomes small whole numbers: the codes of a tree's histogram. The last code is for what is missing. */
export type Scale = {
  readonly column: string;
  /** How many codes there are, with the one for missing. */
  readonly codes: number;
} & (
  | {
      readonly kind: 'numeric';
      /** Code k is for values up to `limits[k]` that passed the limits before. */
      readonly limits: Float64Array;
      /** 1 when a higher value may only raise the risk, -1 when it may only lower it, 0 for either. */
      readonly monotone: -1 | 0 | 1;
    }
  | { readonly kind: 'ordinal'; readonly monotone: -1 | 0 | 1 }
  | { readonly kind: 'nominal' }
);

/** Codes of some rows, one array per scale. */
export type Codes = readonly Uint8Array[];

/** Codes fit a byte, and the last is for missing. */
const MOST_LIMITS = 254;

const middle = (a: number, b: number): number => {
  const half = a + (b - a) / 2;
  return half < b ? half : a;
};

/** Halfway between neighbouring values, at most `most` of them, with as many rows between any two. */
const limitsOf = ({ values }: NumericColumn, rows: Int32Array, most: number): Float64Array => {
  const known = Float64Array.from(rows, (row) => values[row] ?? Number.NaN)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const limits: number[] = [];
  const fill = known.length / (most + 1);
  let taken = 0;
  for (let place = 1; place < known.length; place += 1) {
    const [before = 0, after = 0] = [known[place - 1], known[place]];
    if (before === after || place - taken < fill) continue;
    limits.push(middle(before, after));
    taken = place;
  }
  return Float64Array.from(limits.slice(0, most));
};

const monotoneOf = (trend: Trend): -1 | 0 | 1 => {
  if (trend === 'rising') return 1;
  return trend === 'falling' ? -1 : 0;
};

const scaleOf = (column: Column, rows: Int32Array, most: number, isConstrained: boolean): Scale => {
  const { name } = column.declared;
  if (column.kind === 'numeric') {
    const limits = limitsOf(column, rows, most);
    const monotone = isConstrained ? monotoneOf(column.declared.trend) : 0;
    return { kind: 'numeric', column: name, limits, codes: limits.length + 2, monotone };
  }
  const { declared } = column;
  const codes = declared.levels.length + 1;
  assert(codes <= MOST_LIMITS + 2, `${name} has too many levels`);
  if (declared.kind === 'nominal') return { kind: 'nominal', column: name, codes };
  return { kind: 'ordinal', column: name, codes, monotone: isConstrained ? monotoneOf(declared.trend) : 0 };
};

/** Scales for every input, from these rows alone. */
export const scalesFrom = (
  table: Table,
  rows: Int32Array,
  mostLimits: number,
  isConstrained: boolean,
): readonly Scale[] => inputColumns(table).map((column) => scaleOf(column, rows, mostLimits, isConstrained));

/** The first limit that the value does not pass. */
const place = (limits: Float64Array, value: number): number => {
  let low = 0;
  let high = limits.length;
  while (low < high) {
    const half = (low + high) >>> 1;
    if (value <= (limits[half] ?? 0)) high = half;
    else low = half + 1;
  }
  return low;
};

/** The codes of these rows on a scale that was made from others. */
export const codesOf = (scales: readonly Scale[], table: Table, rows: Int32Array): Codes => {
  const columns = new Map(inputColumns(table).map((column) => [column.declared.name, column]));
  return scales.map((scale) => {
    const column = columns.get(scale.column);
    assert(column !== undefined, `no input ${scale.column}`);
    const missing = scale.codes - 1;
    if (column.kind === 'levels') {
      return Uint8Array.from(rows, (row) => {
        const code = column.codes[row] ?? -1;
        return code < 0 ? missing : code;
      });
    }
    const limits = scale.kind === 'numeric' ? scale.limits : new Float64Array();
    return Uint8Array.from(rows, (row) => {
      const value = column.values[row] ?? Number.NaN;
      return Number.isNaN(value) ? missing : place(limits, value);
    });
  });
};
