import { cast, type DataType, DOUBLE, dataTypeOf, STRING, type Value } from './data-types';
import { attribute, faultAt } from './element';
import type { Field, Frame } from './scope';
import type { XmlElement } from './xml';

/** An expression, compiled: what it is for a frame, and of what type where that is known beforehand. */
export interface Expression {
  readonly type: DataType | undefined;
  readonly evaluate: (frame: Frame) => Value;
  /** The field that a bare reference names. */
  readonly field?: Field;
  /** The text of a constant. */
  readonly constant?: string;
}

/** The functions that a document defines: a call of one, as an expression. */
export interface Functions {
  find(name: string, at: XmlElement): ((values: readonly Expression[], at: XmlElement) => Expression) | undefined;
}

const EVALUATED = ['Constant', 'FieldRef', 'NormContinuous', 'NormDiscrete', 'Discretize', 'MapValues', 'Apply'];
// The others are known, and refused by name when one is compiled.
const NAMES: ReadonlySet<string> = new Set([...EVALUATED, 'TextIndex', 'Aggregate', 'Lag']);

export const isExpression = ({ name }: XmlElement): boolean => NAMES.has(name);

/** The data type that an element declares; undefined where it declares none. */
export const declaredType = (element: XmlElement): DataType | undefined => {
  const name = attribute(element, 'dataType');
  if (name === undefined) return undefined;
  return dataTypeOf(name) ?? faultAt(element, 'INVALID_DOCUMENT', `the data type "${name}" is not known`);
};

/** The type of a value that comes from an expression without one. */
const typeOfValue = (value: Value): DataType => (typeof value === 'string' ? STRING : DOUBLE);

/** What the expression gives, as a value of another type. */
export const evaluateAs = ({ type, evaluate }: Expression, to: DataType): ((frame: Frame) => Value) => {
  if (type !== undefined && type.kind === to.kind && !('year' in to)) return evaluate;
  return (frame) => {
    const value = evaluate(frame);
    return cast(value, type ?? typeOfValue(value), to);
  };
};
