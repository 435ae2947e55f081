import { BOOLEAN, type DataType, parseAs, STRING, type Value } from './data-types';
import { faultAt } from './element';
import type { XmlElement } from './xml';

/**
 * The working memory of one evaluation: a place per field. A value stands there twice: as it is, and as a number that
 * predicates can compare without looking at types (a string as its code, a boolean as 0 or 1, a missing value as NaN).
 */
export interface Frame {
  readonly values: Value[];
  readonly numbers: Float64Array;
  /** 1 where the value was not valid for its field and stands there as it is. */
  readonly invalid: Uint8Array;
  /** How often, in the tree at work, a missing value was got round by a surrogate. */
  surrogates: number;
  readonly warnings: string[];
}

export interface Field {
  readonly name: string;
  readonly slot: number;
  readonly type: DataType;
  readonly optype: 'continuous' | 'categorical' | 'ordinal';
  /** The values of an ordinal or categorical field in the order of the document. */
  readonly ordering: readonly string[];
  /** Codes of those strings that the document compares this field with. Grows while the document is compiled. */
  readonly codes: Map<string, number>;
}

/** One thing to do on a frame. */
export type Step = (frame: Frame) => void;

/** What a place needs: hands out the slots of a document. */
export class Slots {
  private count = 0;

  field(name: string, type: DataType, optype: Field['optype'], ordering: readonly string[] = []): Field {
    this.count += 1;
    return { name, slot: this.count - 1, type, optype, ordering, codes: new Map() };
  }

  frame(): Frame {
    return {
      values: new Array<Value>(this.count).fill(undefined),
      numbers: new Float64Array(this.count).fill(Number.NaN),
      invalid: new Uint8Array(this.count),
      surrogates: 0,
      warnings: [],
    };
  }
}

const NO_CODE = -1;

/** Puts a value in its place. NaN is a missing value. */
export const write = (frame: Frame, field: Field, value: Value): void => {
  const { slot } = field;
  if (typeof value === 'number') {
    frame.numbers[slot] = value;
    frame.values[slot] = Number.isNaN(value) ? undefined : value;
    return;
  }
  frame.values[slot] = value;
  if (value === undefined) frame.numbers[slot] = Number.NaN;
  else if (typeof value === 'boolean') frame.numbers[slot] = value ? 1 : 0;
  else frame.numbers[slot] = field.codes.get(value) ?? NO_CODE;
};

/** The number that stands for a constant of the document, in comparisons with this field for being the same. */
export const numberFor = (field: Field, text: string, at: XmlElement): number => {
  const { type, codes } = field;
  if (type === STRING) {
    const code = codes.get(text) ?? codes.size;
    codes.set(text, code);
    return code;
  }
  const value = type.kind === 'integer' ? parseAs({ kind: 'double' }, text) : parseAs(type, text);
  if (value === undefined) faultAt(at, 'INVALID_DOCUMENT', `"${text}" is not a value of the field ${field.name}`);
  return type === BOOLEAN ? Number(value === true) : Number(value);
};

/** A field that is compiled when something first uses it. */
export type Pending = (scope: Scope) => { readonly field: Field; readonly step: Step };

const IN_WORK = 'in work';

/** The names that an element may use. What is not here is looked for in the scope around. */
export class Scope {
  private readonly fields = new Map<string, Field>();
  private readonly pending = new Map<string, Pending | typeof IN_WORK>();
  /** What derives fields of this scope, in order; a chain of models begins a new list before each of them. */
  steps: Step[] = [];

  constructor(readonly around?: Scope) {}

  declare(field: Field, name = field.name): void {
    this.fields.set(name, field);
  }

  declarePending(name: string, pending: Pending): void {
    this.pending.set(name, pending);
  }

  /** The field of this name; refuses the document where there is none. */
  field(name: string, at: XmlElement): Field {
    return this.find(name, at) ?? faultAt(at, 'UNKNOWN_FIELD', `there is no field "${name}" here`);
  }

  find(name: string, at: XmlElement): Field | undefined {
    return this.fields.get(name) ?? this.derive(name, at) ?? this.around?.find(name, at);
  }

  private derive(name: string, at: XmlElement): Field | undefined {
    const pending = this.pending.get(name);
    if (pending === undefined) return undefined;
    if (pending === IN_WORK) return faultAt(at, 'CYCLIC_DEFINITION', `the field "${name}" is defined by itself`);
    this.pending.set(name, IN_WORK);
    const { field, step } = pending(this);
    this.pending.delete(name);
    this.fields.set(name, field);
    this.steps.push(step);
    return field;
  }
}
