import { cellFault, conditionFault, type Fault, ownCellFault, type Scope } from './check-cell';
import { either, type Report, scopeOf, typeOf } from './flow';
import type { JdmTable } from './jdm';
import { type FieldType, kindOf, type Vocabulary } from './vocabulary';

type Content = JdmTable['content'];
type Rule = Content['rules'][number];
type Column = Content['inputs'][number];

const cellOf = (rule: Rule, { id }: { readonly id: string }): string => (rule[id] ?? '').trim();

/** The field that a column compares, if it is one that compares a field. */
const fieldOf = ({ field }: Column): string | undefined => {
  const name = field?.trim();
  return name === '' ? undefined : name;
};

/** Checks a table, and tells what it hands on. */
export const checkTable = ({ name, content }: JdmTable, visible: Vocabulary, report: Report): Vocabulary => {
  const scope = scopeOf(visible);
  const inTable: Report = (place, fault) => report(`${name}/${place}`, fault);
  const types = columnTypes(content, scope, inTable);
  const made = new Map<string, FieldType>();
  for (const [index, rule] of content.rules.entries()) {
    const inRule: Report = (place, fault) => inTable(`rule ${index + 1}/column "${place}"`, fault);
    checkConditions(content, rule, types, scope, inRule);
    checkResults(content, rule, made, scope, inRule);
  }
  const open = catchAllFault(content);
  if (open) report(name, open);
  return content.passThrough === true ? new Map([...visible, ...made]) : made;
};

/** The type of each column that compares a field; what is wrong with its field is reported once. */
const columnTypes = ({ inputs }: Content, scope: Scope, report: Report): ReadonlyMap<string, FieldType> => {
  const types = new Map<string, FieldType>();
  for (const column of inputs) {
    const field = fieldOf(column);
    if (field === undefined) continue;
    const result = cellFault(field, scope);
    if ('fault' in result) report(`column "${column.name}"`, result.fault);
    else types.set(column.id, scope.vocabulary.get(field) ?? { kind: kindOf(result.value) ?? 'text' });
  }
  return types;
};

const checkConditions = (
  { inputs }: Content,
  rule: Rule,
  types: ReadonlyMap<string, FieldType>,
  scope: Scope,
  report: Report,
): void => {
  for (const column of inputs) {
    const cell = cellOf(rule, column);
    if (cell === '') continue;
    const type = types.get(column.id);
    const ofField = type && ownCellFault(cell, type, scope);
    const fault = fieldOf(column) === undefined ? conditionFault(cell, scope) : ofField;
    if (fault) report(column.name, fault);
  }
};

/** What the rule puts out, added to what others do. */
const checkResults = (
  { outputs }: Content,
  rule: Rule,
  made: Map<string, FieldType>,
  scope: Scope,
  report: Report,
): void => {
  for (const column of outputs) {
    const cell = cellOf(rule, column);
    if (cell === '') continue;
    const result = cellFault(cell, scope);
    if ('fault' in result) {
      report(column.name, result.fault);
      continue;
    }
    const { field } = column;
    const type = typeOf(result.value, cell);
    const known = made.get(field);
    if (known !== undefined && known.kind !== type.kind) {
      const detail = `${field} is ${known.kind} in other rules, and ${type.kind} here`;
      report(column.name, { code: 'WRONG_TYPE', detail });
    }
    made.set(field, known === undefined ? type : either(known, type));
  }
};

const catchAllFault = ({ rules, inputs, outputs }: Content): Fault | undefined => {
  const last = rules.at(-1);
  if (last === undefined || inputs.some((column) => cellOf(last, column) !== '')) {
    return { code: 'NO_CATCH_ALL', detail: 'the last rule has a condition: what no rule takes would give nothing' };
  }
  return outputs.every((column) => cellOf(last, column) === '')
    ? { code: 'NO_CATCH_ALL', detail: 'the last rule takes what is left, but puts out nothing' }
    : undefined;
};
