import { DOUBLE, dataTypeOf, isNumeric, parseAs, STRING, type Value } from './data-types';
import { attribute, childrenOf, choice, faultAt, numberAttribute, required } from './element';
import { declaredType, evaluateAs, type Functions } from './expression';
import { compileExpressionIn } from './expressions';
import { compileInterval } from './mappings';
import { type Field, type Frame, type Scope, type Slots, type Step, write } from './scope';
import type { XmlElement } from './xml';

/** What a row may hold for a field. Null and undefined are missing values. */
export type PmmlInput = string | number | boolean | null | undefined;

const OPTYPES = ['continuous', 'categorical', 'ordinal'] as const;

/** A field of the DataDictionary, with what makes a value of it valid. */
export interface DataField {
  readonly element: XmlElement;
  readonly name: string;
  readonly type: Field['type'];
  readonly optype: Field['optype'];
  /** Its valid values, as text, in order; empty where any value is. */
  readonly categories: readonly string[];
  readonly displayValues: ReadonlyMap<string, string>;
  /** Reads a value of a row; says of it that it is missing or invalid, by the dictionary alone. */
  readonly read: (raw: PmmlInput) => { readonly status: 'valid' | 'invalid' | 'missing'; readonly value: Value };
}

export const readDataDictionary = (dictionary: XmlElement): ReadonlyMap<string, DataField> =>
  new Map(childrenOf(dictionary, 'DataField').map((element) => [required(element, 'name'), dataFieldOf(element)]));

const dataFieldOf = (element: XmlElement): DataField => {
  const type = dataTypeOf(required(element, 'dataType'));
  if (type === undefined) return faultAt(element, 'INVALID_DOCUMENT', 'its data type is not known');
  const optype = choice(element, 'optype', OPTYPES, isNumeric(type) ? 'continuous' : 'categorical');
  const values = childrenOf(element, 'Value').map((value) => ({
    element: value,
    text: required(value, 'value'),
    property: choice(value, 'property', ['valid', 'invalid', 'missing'], 'valid'),
  }));
  const textsOf = (property: string) => values.filter((value) => value.property === property).map(({ text }) => text);
  const missingTexts = new Set(textsOf('missing'));
  const statusOf = statusesOf(element, type, textsOf);
  const categories = textsOf('valid');
  return {
    element,
    name: required(element, 'name'),
    type,
    optype,
    categories,
    displayValues: new Map(
      values.flatMap(({ element: each, text }) => {
        const display = attribute(each, 'displayValue');
        return display === undefined ? [] : [[text, display] as const];
      }),
    ),
    read: (raw) => {
      if (raw === null || raw === undefined) return MISSING;
      if (missingTexts.size > 0 && missingTexts.has(String(raw))) return MISSING;
      const value = convert(type, raw);
      if (typeof value === 'number' && Number.isNaN(value)) return MISSING;
      return { status: statusOf(value), value };
    },
  };
};

type Status = 'valid' | 'invalid' | 'missing';

/** Says of a value whether it is valid, by the Value and Interval elements of its field. */
const statusesOf = (
  element: XmlElement,
  type: Field['type'],
  textsOf: (property: string) => readonly string[],
): ((value: Value) => Status) => {
  const parsed = (property: string): ReadonlySet<Value> =>
    new Set(textsOf(property).map((text) => parseAs(type, text)));
  const [valid, invalid, missing] = [parsed('valid'), parsed('invalid'), parsed('missing')];
  const intervals = childrenOf(element, 'Interval').map(compileInterval);
  const isFree = valid.size === 0 && intervals.length === 0;
  const isWithin = (value: Value): boolean => intervals.some(({ contains }) => contains(Number(value)));
  const isListed = invalid.size > 0 || missing.size > 0;
  const listed = (value: Value): Status | undefined => {
    if (!isListed) return undefined;
    if (value !== undefined && missing.has(value)) return 'missing';
    return invalid.has(value) ? 'invalid' : undefined;
  };
  return (value) => {
    if (value === undefined) return 'invalid';
    const status = listed(value);
    if (status !== undefined) return status;
    return isFree || valid.has(value) || isWithin(value) ? 'valid' : 'invalid';
  };
};

const MISSING = { status: 'missing', value: undefined } as const;

/** What a row holds, as a value of the type; undefined where it is none. NaN is a missing number. */
const convert = (type: Field['type'], raw: string | number | boolean): Value => {
  if (typeof raw === 'number' && isNumeric(type)) {
    if (type.kind === 'float') return Math.fround(raw);
    return type.kind === 'integer' && !Number.isInteger(raw) && !Number.isNaN(raw) ? undefined : raw;
  }
  if (type === STRING) return String(raw);
  if (isNumeric(type) && raw === 'NaN') return Number.NaN;
  if (typeof raw === 'boolean' && isNumeric(type)) return raw ? 1 : 0;
  return parseAs(type, String(raw));
};

/** What a MiningField does to the value of a field: outliers, values that are not valid, values that are missing. */
export interface Treatment {
  readonly isNothing: boolean;
  readonly whenInvalid: 'returnInvalid' | 'asIs' | 'asMissing' | 'asValue';
  /** The value as it goes on; undefined is a missing one. */
  readonly ofValid: (value: Value) => Value;
  readonly ofInvalid: (value: Value) => Value;
  readonly ofMissing: () => Value;
}

export const treatmentOf = (mining: XmlElement, type: Field['type']): Treatment => {
  const constant = (name: string): Value => {
    const text = attribute(mining, name);
    if (text === undefined) return undefined;
    const value = parseAs(type, text) ?? parseAs(DOUBLE, text);
    const isNan = text === 'NaN';
    if (value === undefined && !isNan) faultAt(mining, 'INVALID_DOCUMENT', `${name} is not a value of the field`);
    return value;
  };
  const [replacement, invalidReplacement] = [constant('missingValueReplacement'), constant('invalidValueReplacement')];
  const whenInvalid = choice(
    mining,
    'invalidValueTreatment',
    ['returnInvalid', 'asIs', 'asMissing', 'asValue'],
    'returnInvalid',
  );
  const whenMissing = attribute(mining, 'missingValueTreatment');
  const outliers = choice(mining, 'outliers', ['asIs', 'asMissingValues', 'asExtremeValues'], 'asIs');
  const [low, high] = [numberAttribute(mining, 'lowValue'), numberAttribute(mining, 'highValue')];
  const ofMissing = (): Value => {
    if (whenMissing === 'returnInvalid') faultAt(mining, 'INVALID_VALUE', `${attribute(mining, 'name')} is missing`);
    return replacement;
  };
  const outside = (value: number): number | undefined => {
    if (low !== undefined && value < low) return low;
    return high !== undefined && value > high ? high : undefined;
  };
  return {
    isNothing: replacement === undefined && whenMissing !== 'returnInvalid' && outliers === 'asIs',
    whenInvalid,
    ofMissing,
    ofValid: (value) => {
      if (outliers === 'asIs' || typeof value !== 'number') return value;
      const extreme = outside(value);
      if (extreme === undefined) return value;
      return outliers === 'asExtremeValues' ? extreme : ofMissing();
    },
    ofInvalid: (value) => {
      if (whenInvalid === 'asMissing') return ofMissing();
      if (whenInvalid === 'asIs' || whenInvalid === 'asValue') return invalidReplacement ?? value;
      return faultAt(mining, 'INVALID_VALUE', `the value of ${attribute(mining, 'name')} is not valid`);
    },
  };
};

/** The treatment again, of a field that an outer model has read already. */
export const againStep = (from: Field, to: Field, treatment: Treatment): Step => {
  return (frame: Frame) => {
    const value = frame.values[from.slot];
    write(frame, to, value === undefined ? treatment.ofMissing() : treatment.ofValid(value));
    frame.invalid[to.slot] = frame.invalid[from.slot] ?? 0;
  };
};

/** Declares the DerivedFields of a dictionary: each is compiled when something first uses it. */
export const declareDerivedFields = (
  holder: XmlElement | undefined,
  scope: Scope,
  slots: Slots,
  functions: Functions,
): void => {
  for (const element of holder === undefined ? [] : childrenOf(holder, 'DerivedField')) {
    const name = required(element, 'name');
    scope.declarePending(name, (owner) => {
      const expression = compileExpressionIn(element, owner, functions);
      const type = declaredType(element) ?? expression.type ?? DOUBLE;
      const optype = choice(element, 'optype', OPTYPES, isNumeric(type) ? 'continuous' : 'categorical');
      const ordering = childrenOf(element, 'Value').map((value) => required(value, 'value'));
      const field = slots.field(name, type, optype, ordering);
      const evaluate = evaluateAs(expression, type);
      return { field, step: (frame) => write(frame, field, evaluate(frame)) };
    });
  }
};
