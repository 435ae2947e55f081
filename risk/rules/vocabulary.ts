/** A value as rules see it. */
export type RuleValue = string | number | boolean | null;

/** What a field can hold, besides nothing (null). */
export interface FieldType {
  readonly kind: 'number' | 'text' | 'boolean';
  /** The only values there are, where they can be listed. */
  readonly values?: readonly RuleValue[];
}

/** The fields that rules may use, by name. */
export type Vocabulary = ReadonlyMap<string, FieldType>;

/** A value of a type, to try an expression with. */
export const sampleOf = ({ kind, values }: FieldType): RuleValue => {
  const listed = values?.find((value) => value !== null);
  if (listed !== undefined) return listed;
  switch (kind) {
    case 'number':
      return 1;
    case 'text':
      return 'text';
    case 'boolean':
      return true;
  }
};

/** What rules may use as if it were there: one value of each field. */
export const samplesOf = (vocabulary: Vocabulary): Readonly<Record<string, RuleValue>> =>
  Object.fromEntries([...vocabulary].map(([name, type]) => [name, sampleOf(type)]));

export const kindOf = (value: unknown): FieldType['kind'] | undefined => {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    case 'boolean':
      return 'boolean';
    default:
      return undefined;
  }
};
