import { BUILT_INS, type BuiltIn, patternOf } from './built-ins';
import { BOOLEAN, type DataType, parseAs, STRING, type Value } from './data-types';
import { attribute, choice, faultAt, required } from './element';
import { type Expression, type Functions, isExpression } from './expression';
import type { Frame, Scope } from './scope';
import type { XmlElement } from './xml';

type CompileOne = (element: XmlElement, scope: Scope, functions: Functions) => Expression;

/** Compiles a call of a function: a special form, a built-in function, or one that the document defines. */
export const compileApply = (
  element: XmlElement,
  scope: Scope,
  functions: Functions,
  compileOne: CompileOne,
): Expression => {
  const name = required(element, 'function');
  const calls = element.children.filter(isExpression).map((child) => compileOne(child, scope, functions));
  const values = inOneCalendar(calls, element);
  const special = SPECIAL_FORMS.get(name);
  if (special !== undefined) return completed(special(values, element), values, element);
  const builtIn = BUILT_INS.get(name);
  if (builtIn !== undefined) return completed(callOf(builtIn, name, values, element), values, element);
  const defined = functions.find(name, element);
  if (defined === undefined) return faultAt(element, 'UNKNOWN_FUNCTION', `there is no function "${name}"`);
  return completed(defined(values, element), values, element);
};

/** A text constant beside a date is a date. */
const inOneCalendar = (values: readonly Expression[], element: XmlElement): readonly Expression[] => {
  const type = values.find(({ type: each }) => each && CALENDAR.has(each.kind))?.type;
  const name = attribute(element, 'function') ?? '';
  if (type === undefined || !name.match(/^(?:equal|notEqual|less|greater|isIn|isNotIn)/)) return values;
  return values.map((each) => {
    if (each.constant === undefined || each.type !== STRING) return each;
    const value = parseAs(type, each.constant);
    return { type, evaluate: () => value };
  });
};

const CALENDAR: ReadonlySet<DataType['kind']> = new Set([
  'date',
  'time',
  'dateTime',
  'timeSeconds',
  'daysSince',
  'secondsSince',
]);

type SpecialForm = (values: readonly Expression[], element: XmlElement) => Expression;

const validity =
  (isValid: boolean): SpecialForm =>
  ([value, ...more], element) => {
    if (value === undefined || more.length > 0) return wrongCount(element);
    const { evaluate, field } = value;
    const slot = field?.slot ?? -1;
    return {
      type: BOOLEAN,
      evaluate: (frame) => (evaluate(frame) !== undefined && frame.invalid[slot] !== 1) === isValid,
    };
  };

const SPECIAL_FORMS: ReadonlyMap<string, SpecialForm> = new Map<string, SpecialForm>([
  ['isValid', validity(true)],
  ['isNotValid', validity(false)],
  // Only the branch that is taken is evaluated: the other may have no result.
  [
    'if',
    ([condition, then, otherwise, ...more], element) => {
      if (condition === undefined || then === undefined || more.length > 0) return wrongCount(element);
      const alike = otherwise === undefined || otherwise.type?.kind === then.type?.kind;
      return {
        type: alike ? then.type : commonType(then.type, otherwise.type),
        evaluate: (frame) => {
          const holds = condition.evaluate(frame);
          if (holds === undefined) return undefined;
          return holds === true || holds === 1 ? then.evaluate(frame) : otherwise?.evaluate(frame);
        },
      };
    },
  ],
]);

const commonType = (one: DataType | undefined, other: DataType | undefined): DataType | undefined => {
  const kinds = new Set([one?.kind, other?.kind]);
  return kinds.has('double') && (kinds.has('integer') || kinds.has('float')) ? { kind: 'double' } : undefined;
};

const wrongCount = (element: XmlElement): never =>
  faultAt(
    element,
    'INVALID_DOCUMENT',
    `the function "${attribute(element, 'function')}" has not its number of arguments`,
  );

const callOf = (builtIn: BuiltIn, name: string, values: readonly Expression[], element: XmlElement): Expression => {
  if (values.length < builtIn.least || values.length > builtIn.most) return wrongCount(element);
  const pattern = name === 'replace' || name === 'matches' ? values[1]?.constant : undefined;
  if (pattern !== undefined && patternOf(pattern) === undefined) {
    return faultAt(element, 'INVALID_DOCUMENT', `"${pattern}" is not a regular expression`);
  }
  const types = values.map(({ type }) => type);
  const { apply, takesMissing } = builtIn;
  return {
    type: builtIn.type(types),
    evaluate: (frame) => {
      const given = values.map(({ evaluate }) => evaluate(frame));
      return !takesMissing && given.includes(undefined) ? undefined : apply(given, types);
    },
  };
};

/** Around any call: what a missing argument, a missing result and one that is no number give. */
const completed = (call: Expression, values: readonly Expression[], element: XmlElement): Expression => {
  const type = call.type ?? STRING;
  const treatment = choice(element, 'invalidValueTreatment', ['returnInvalid', 'asIs', 'asMissing'], 'returnInvalid');
  const [whenMissing, fallback] = [attribute(element, 'mapMissingTo'), attribute(element, 'defaultValue')].map(
    (text) => (text === undefined ? undefined : (parseAs(type, text) ?? text)),
  );
  const plain = (frame: Frame): Value => {
    const value = call.evaluate(frame);
    if (typeof value !== 'number' || !Number.isNaN(value)) return value;
    if (treatment === 'returnInvalid') faultAt(element, 'INVALID_RESULT', 'it has no result for these values');
    return undefined;
  };
  if (whenMissing === undefined && fallback === undefined) return { type: call.type, evaluate: plain };
  return {
    type: call.type,
    evaluate: (frame) => {
      if (whenMissing !== undefined && values.some(({ evaluate }) => evaluate(frame) === undefined)) return whenMissing;
      return plain(frame) ?? fallback;
    },
  };
};
