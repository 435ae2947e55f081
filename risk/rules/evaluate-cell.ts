import { evaluateExpressionSync, evaluateUnaryExpressionSync } from '@gorules/zen-engine';
import type { RuleValue } from './vocabulary';

/** What became of one expression. `syntax`: it cannot be read. `type`: it can, but not with such values. */
export type CellResult =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'syntax' | 'type'; readonly detail: string };

type Context = Readonly<Record<string, RuleValue>>;

/** The engine tells its errors as JSON, and its own stack below that. */
const failureOf = (error: unknown): CellResult => {
  const [line = ''] = String(error).split('\n');
  const told = /\{"type":"(\w+)"(?:,"source":"((?:[^"\\]|\\.)*)")?/.exec(line);
  const [, type = '', source = line] = told ?? [];
  const atRuntime = type === 'vmError' || type === 'missingContextReference' || type === 'runtimeError';
  return { kind: atRuntime ? 'type' : 'syntax', detail: source === '' ? type : source };
};

const attempt = (work: () => unknown): CellResult => {
  try {
    return { kind: 'value', value: work() };
  } catch (error) {
    return failureOf(error);
  }
};

/** Evaluates a condition on `$`, the value of its column. */
export const evaluateCondition = (condition: string, own: RuleValue, context: Context): CellResult =>
  attempt(() => evaluateUnaryExpressionSync(condition, { ...context, $: own }));

export const evaluateExpression = (expression: string, context: Context): CellResult =>
  attempt(() => evaluateExpressionSync(expression, context));
