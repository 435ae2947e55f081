import type { Fault, Scope } from './check-cell';
import { type FieldType, kindOf, samplesOf, type Vocabulary } from './vocabulary';

export type Report = (place: string, fault: Fault) => void;

export const scopeOf = (vocabulary: Vocabulary): Scope => ({ vocabulary, samples: samplesOf(vocabulary) });

/** A field that has one or the other type: with the values of both, where both can be listed. */
export const either = (a: FieldType, b: FieldType): FieldType => {
  const values = a.values && b.values && [...new Set([...a.values, ...b.values])];
  return { kind: a.kind, ...(values && a.kind === b.kind ? { values } : {}) };
};

/** Fields that several ways bring have the values of all of them. */
export const merged = (parts: readonly Vocabulary[]): Vocabulary => {
  const fields = new Map<string, FieldType>();
  for (const part of parts) {
    for (const [name, type] of part) {
      const known = fields.get(name);
      fields.set(name, known === undefined ? type : either(known, type));
    }
  }
  return fields;
};

const LITERAL = /^\s*("[^"]*"|'[^']*'|-?\d+(\.\d+)?|true|false)\s*$/;

/** The type of what an expression gives; a bare literal gives itself and nothing else. */
export const typeOf = (value: unknown, expression: string): FieldType => {
  const kind = kindOf(value) ?? 'text';
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain && LITERAL.test(expression) ? { kind, values: [value] } : { kind };
};
