import { daysSinceYear, formatByPattern, formatMoment, secondsSinceMidnight, secondsSinceYear } from './built-in-dates';
import { BOOLEAN, type DataType, DOUBLE, FLOAT, formatAs, INTEGER, STRING, type Value } from './data-types';
import { erf, roundHalfEven, standardNormalCdf, standardNormalPdf, standardNormalQuantile } from './numerics';

type Present = number | string | boolean;
type Types = readonly (DataType | undefined)[];

/** A function of the standard. Missing arguments give a missing result unless it takes them itself. */
export interface BuiltIn {
  readonly least: number;
  readonly most: number;
  readonly takesMissing: boolean;
  /** The type of the result; undefined where only the value tells. */
  readonly type: (types: Types) => DataType | undefined;
  readonly apply: (values: readonly Value[], types: Types) => Value;
}

const number = (value: Value): number => Number(value);

/** Whole numbers stay whole, 32-bit numbers stay such with each other; anything else is a double. */
const widest = (types: Types): DataType => {
  if (types.every((type) => type?.kind === 'integer')) return INTEGER;
  const isSingle = types.every((type) => type?.kind === 'integer' || type?.kind === 'float');
  return isSingle ? FLOAT : DOUBLE;
};

const inTypeOf = (types: Types, value: number): number => (widest(types) === FLOAT ? Math.fround(value) : value);

const arithmetic = (work: (one: number, other: number) => number): BuiltIn => ({
  least: 2,
  most: 2,
  takesMissing: false,
  type: widest,
  apply: ([one, other], types) => inTypeOf(types, work(number(one), number(other))),
});

const real = (work: (...values: readonly number[]) => number, count = 1): BuiltIn => ({
  least: count,
  most: count,
  takesMissing: false,
  type: () => DOUBLE,
  apply: (values) => work(...values.map(number)),
});

const whole = (work: (value: number) => number): BuiltIn => ({ ...real(work), type: () => INTEGER });

const aggregate = (work: (values: readonly number[]) => number, type = widest): BuiltIn => ({
  least: 1,
  most: Number.POSITIVE_INFINITY,
  takesMissing: true,
  type,
  apply: (values) => {
    const present = values.filter((value) => value !== undefined).map(number);
    return present.length === 0 ? undefined : work(present);
  },
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

const logical = (
  least: number,
  most: number,
  apply: (values: readonly Value[], types: Types) => Value,
  takesMissing = false,
): BuiltIn => ({ least, most, takesMissing, type: () => BOOLEAN, apply });

/** Numbers compare as numbers, also where one of them is written as text. */
const isSame = (one: Value, other: Value): boolean => {
  if (typeof one === typeof other) return one === other;
  if (typeof one === 'boolean' || typeof other === 'boolean') return String(one) === String(other);
  return number(one) === number(other);
};

const comparison = (holds: (order: number) => boolean): BuiltIn =>
  logical(2, 2, ([one, other]) => {
    if (typeof one === 'string' && typeof other === 'string') {
      if (one === other) return holds(0);
      return holds(one < other ? -1 : 1);
    }
    return holds(Math.sign(number(one) - number(other)));
  });

const isTrue = (value: Value): boolean => value === true || value === 1 || value === 'true';

/** As in three-valued logic: a decisive argument decides, whatever is missing. */
const connective = (decisive: boolean): BuiltIn =>
  logical(
    2,
    Number.POSITIVE_INFINITY,
    (values) => {
      if (values.some((value) => value !== undefined && isTrue(value) === decisive)) return decisive;
      return values.includes(undefined) ? undefined : !decisive;
    },
    true,
  );

const isIn = (values: readonly Value[]): boolean => values.slice(1).some((other) => isSame(values[0], other));

const text = (
  least: number,
  most: number,
  apply: (values: readonly Present[], types: Types) => Value,
  type = STRING,
): BuiltIn => ({
  least,
  most,
  takesMissing: false,
  type: () => type,
  apply: (values, types) =>
    apply(
      values.map((value) => value ?? ''),
      types,
    ),
});

const asText = (value: Present | undefined, type: DataType | undefined): string =>
  value === undefined ? '' : formatAs(type ?? DOUBLE, value);

const CACHE_OF_PATTERNS = 256;
const patterns = new Map<string, RegExp | undefined>();

/** A regular expression of a document; undefined where it is none. The few of a document are kept. */
export const patternOf = (source: string): RegExp | undefined => {
  if (patterns.has(source)) return patterns.get(source);
  if (patterns.size >= CACHE_OF_PATTERNS) patterns.clear();
  let compiled: RegExp | undefined;
  try {
    compiled = new RegExp(source, 'gu');
  } catch {
    compiled = undefined;
  }
  patterns.set(source, compiled);
  return compiled;
};

const moment = (
  count: 1 | 2,
  type: DataType,
  apply: (value: Value, type: DataType | undefined, other: Value) => Value,
): BuiltIn => ({
  least: count,
  most: count,
  takesMissing: false,
  type: () => type,
  apply: ([value, other], types) => apply(value, types[0], other),
});

/** The built-in functions of PMML 4.4, by name. `isValid` and `if` are special forms: they stand in `apply.ts`. */
export const BUILT_INS: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ['+', arithmetic((one, other) => one + other)],
  ['-', arithmetic((one, other) => one - other)],
  ['*', arithmetic((one, other) => one * other)],
  ['/', { ...arithmetic((one, other) => one / other), type: (types) => (widest(types) === FLOAT ? FLOAT : DOUBLE) }],
  ['modulo', arithmetic((one, other) => one - other * Math.floor(one / other))],
  ['x-modulo', arithmetic((one, other) => one - other * Math.floor(one / other))],
  ['min', aggregate((values) => Math.min(...values))],
  ['max', aggregate((values) => Math.max(...values))],
  ['sum', aggregate(sum)],
  [
    'avg',
    aggregate(
      (values) => sum(values) / values.length,
      () => DOUBLE,
    ),
  ],
  ['median', aggregate(medianOf, () => DOUBLE)],
  ['product', aggregate((values) => values.reduce((total, value) => total * value, 1))],
  ['log10', real(Math.log10)],
  ['ln', real(Math.log)],
  ['ln1p', real(Math.log1p)],
  ['exp', real(Math.exp)],
  ['expm1', real(Math.expm1)],
  ['sqrt', real(Math.sqrt)],
  ['abs', { ...real(Math.abs), type: widest }],
  ['hypot', real(Math.hypot, 2)],
  ['pow', arithmetic((one, other) => one ** other)],
  ['threshold', { ...arithmetic((one, other) => (one > other ? 1 : 0)), type: () => INTEGER }],
  ['floor', whole(Math.floor)],
  ['ceil', whole(Math.ceil)],
  ['round', whole((value) => Math.floor(value + 0.5))],
  ['rint', real(roundHalfEven)],
  ['sin', real(Math.sin)],
  ['cos', real(Math.cos)],
  ['tan', real(Math.tan)],
  ['asin', real(Math.asin)],
  ['acos', real(Math.acos)],
  ['atan', real(Math.atan)],
  ['atan2', real((y = 0, x = 0) => Math.atan2(y, x), 2)],
  ['sinh', real(Math.sinh)],
  ['cosh', real(Math.cosh)],
  ['tanh', real(Math.tanh)],
  ['erf', real((x = 0) => erf(x))],
  ['stdNormalCDF', real((z = 0) => standardNormalCdf(z))],
  ['stdNormalPDF', real((z = 0) => standardNormalPdf(z))],
  ['stdNormalIDF', real((p = 0) => standardNormalQuantile(p))],
  ['normalCDF', real((x = 0, mean = 0, sd = 1) => standardNormalCdf((x - mean) / sd), 3)],
  ['normalPDF', real((x = 0, mean = 0, sd = 1) => standardNormalPdf((x - mean) / sd) / sd, 3)],
  ['normalIDF', real((p = 0, mean = 0, sd = 1) => mean + sd * standardNormalQuantile(p), 3)],
  ['equal', logical(2, 2, ([one, other]) => isSame(one, other))],
  ['notEqual', logical(2, 2, ([one, other]) => !isSame(one, other))],
  ['lessThan', comparison((order) => order < 0)],
  ['lessOrEqual', comparison((order) => order <= 0)],
  ['greaterThan', comparison((order) => order > 0)],
  ['greaterOrEqual', comparison((order) => order >= 0)],
  ['isIn', logical(2, Number.POSITIVE_INFINITY, (values) => isIn(values))],
  ['isNotIn', logical(2, Number.POSITIVE_INFINITY, (values) => !isIn(values))],
  ['isMissing', logical(1, 1, ([value]) => value === undefined, true)],
  ['isNotMissing', logical(1, 1, ([value]) => value !== undefined, true)],
  ['and', connective(false)],
  ['or', connective(true)],
  ['not', logical(1, 1, ([value]) => !isTrue(value))],
  ['uppercase', text(1, 1, ([value]) => String(value).toUpperCase())],
  ['lowercase', text(1, 1, ([value]) => String(value).toLowerCase())],
  ['trimBlanks', text(1, 1, ([value]) => String(value).trim())],
  ['stringLength', text(1, 1, ([value]) => String(value).length, INTEGER)],
  [
    'substring',
    text(3, 3, ([value, from, length]) => String(value).slice(number(from) - 1, number(from) - 1 + number(length))),
  ],
  [
    'concat',
    text(1, Number.POSITIVE_INFINITY, (values, types) =>
      values.map((value, index) => asText(value, types[index])).join(''),
    ),
  ],
  ['replace', text(3, 3, ([value, pattern, by]) => replaced(String(value), String(pattern), String(by)))],
  ['matches', text(2, 2, ([value, pattern]) => matches(String(value), String(pattern)), BOOLEAN)],
  ['formatNumber', text(2, 2, ([value, pattern]) => formatByPattern(value, String(pattern)))],
  ['formatDatetime', text(2, 2, ([value, pattern], types) => formatMoment(value, types[0], String(pattern)))],
  ['dateDaysSinceYear', moment(2, INTEGER, daysSinceYear)],
  ['dateSecondsSinceYear', moment(2, INTEGER, secondsSinceYear)],
  ['dateSecondsSinceMidnight', moment(1, INTEGER, secondsSinceMidnight)],
]);

const replaced = (value: string, pattern: string, by: string): Value => {
  const compiled = patternOf(pattern);
  return compiled === undefined ? undefined : value.replace(compiled, by);
};

const matches = (value: string, pattern: string): Value => {
  const compiled = patternOf(pattern);
  return compiled === undefined ? undefined : value.search(compiled) >= 0;
};
