import { evaluateCondition, evaluateExpression } from './evaluate-cell';
import { partsOf } from './expression-parts';
import type { FindingCode } from './finding';
import type { FieldType, RuleValue, Vocabulary } from './vocabulary';
import { kindOf, sampleOf } from './vocabulary';

export interface Fault {
  readonly code: FindingCode;
  readonly detail: string;
}

/** The fields in sight, with a value of each to try expressions with. */
export interface Scope {
  readonly vocabulary: Vocabulary;
  readonly samples: Readonly<Record<string, RuleValue>>;
}

/** Functions whose result follows from their arguments. The engine has others: chance, and today's date. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'abs',
  'all',
  'avg',
  'bool',
  'ceil',
  'contains',
  'count',
  'endsWith',
  'filter',
  'flatMap',
  'floor',
  'isNumeric',
  'keys',
  'len',
  'lower',
  'map',
  'max',
  'median',
  'min',
  'mode',
  'none',
  'number',
  'one',
  'round',
  'some',
  'startsWith',
  'string',
  'sum',
  'trim',
  'trunc',
  'upper',
  'values',
]);

/** A name or a function that is not to be had. */
const nameFault = (expression: string, { vocabulary }: Scope): Fault | undefined => {
  const { fields, functions } = partsOf(expression);
  const field = fields.find((name) => !vocabulary.has(name) && !name.startsWith('#'));
  if (field !== undefined) return { code: 'UNKNOWN_FIELD', detail: `there is no field "${field}" here` };
  const called = functions.find((name) => !FUNCTIONS.has(name));
  return called === undefined ? undefined : { code: 'UNSUPPORTED', detail: `${called}() may not be used in rules` };
};

const CODES = { syntax: 'SYNTAX', type: 'WRONG_TYPE' } as const;

const quoted = (cell: string, detail: string): string => `${cell.slice(0, 80)}: ${detail}`;

/** What is wrong with a cell that gives a value; else a value that it gives. */
export const cellFault = (cell: string, scope: Scope): { readonly fault: Fault } | { readonly value: unknown } => {
  const result = evaluateExpression(cell, scope.samples);
  if (result.kind === 'syntax') return { fault: { code: 'SYNTAX', detail: quoted(cell, result.detail) } };
  const name = nameFault(cell, scope);
  if (name) return { fault: name };
  if (result.kind === 'value') return { value: result.value };
  return { fault: { code: CODES[result.kind], detail: quoted(cell, result.detail) } };
};

/** What is wrong with a condition over any fields. */
export const conditionFault = (cell: string, scope: Scope): Fault | undefined => {
  const result = cellFault(cell, scope);
  if ('fault' in result) return result.fault;
  return typeof result.value === 'boolean'
    ? undefined
    : { code: 'WRONG_TYPE', detail: quoted(cell, 'a condition is true or false') };
};

/** What is wrong with a condition on the value of its own column. */
export const ownCellFault = (cell: string, type: FieldType, scope: Scope): Fault | undefined => {
  const result = evaluateCondition(cell, sampleOf(type), scope.samples);
  if (result.kind === 'syntax') return { code: 'SYNTAX', detail: quoted(cell, result.detail) };
  const name = nameFault(cell, scope);
  if (name) return name;
  if (result.kind === 'type') return { code: 'WRONG_TYPE', detail: quoted(cell, result.detail) };
  return literalFault(cell, type);
};

/** Compared with a value of another type, or with one that the field never has, a cell would just never be true. */
const literalFault = (cell: string, { kind, values }: FieldType): Fault | undefined => {
  const { literals, functions, fields } = partsOf(cell);
  if (functions.length > 0 || fields.length > 0) return undefined;
  for (const literal of literals) {
    if (kindOf(literal) !== kind && !(kind !== 'boolean' && typeof literal === 'boolean')) {
      return { code: 'WRONG_TYPE', detail: `${JSON.stringify(literal)} is compared with a field of type ${kind}` };
    }
    if (kind === 'text' && values !== undefined && !values.includes(literal)) {
      return { code: 'WRONG_TYPE', detail: `the field never is ${JSON.stringify(literal)}` };
    }
  }
  return undefined;
};
