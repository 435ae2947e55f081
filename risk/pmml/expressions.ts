import { compileApply } from './apply';
import { type DataType, DOUBLE, INTEGER, parseAs, STRING } from './data-types';
import { attribute, faultAt, parseNumber, required } from './element';
import { declaredType, type Expression, type Functions, isExpression } from './expression';
import { compileDiscretize, compileMapValues, compileNormContinuous, compileNormDiscrete } from './mappings';
import type { Scope } from './scope';
import type { XmlElement } from './xml';

type Compile = (element: XmlElement, scope: Scope, functions: Functions) => Expression;

const EXPRESSIONS: ReadonlyMap<string, Compile> = new Map<string, Compile>([
  ['Constant', (element) => compileConstant(element)],
  ['FieldRef', (element, scope) => compileFieldRef(element, scope)],
  ['NormContinuous', compileNormContinuous],
  ['NormDiscrete', compileNormDiscrete],
  ['Discretize', compileDiscretize],
  ['MapValues', compileMapValues],
  ['Apply', (element, scope, functions) => compileApply(element, scope, functions, compileExpression)],
]);

/** The expression that an element holds as its child; undefined where it holds none. */
export const findExpressionIn = (holder: XmlElement, scope: Scope, functions: Functions): Expression | undefined => {
  const element = holder.children.find(isExpression);
  return element && compileExpression(element, scope, functions);
};

export const compileExpressionIn = (holder: XmlElement, scope: Scope, functions: Functions): Expression =>
  findExpressionIn(holder, scope, functions) ?? faultAt(holder, 'INVALID_DOCUMENT', 'it has no expression');

const compileExpression: Compile = (element, scope, functions) => {
  const compile = EXPRESSIONS.get(element.name);
  if (compile === undefined) return faultAt(element, 'UNSUPPORTED_ELEMENT', 'this expression is not evaluated here');
  return compile(element, scope, functions);
};

/** The type of a constant that declares none: what it reads like. */
const typeOfText = (text: string): DataType => {
  const value = parseNumber(text);
  if (value === undefined) return STRING;
  return /^[+-]?\d+$/.test(text.trim()) ? INTEGER : DOUBLE;
};

const compileConstant = (element: XmlElement): Expression => {
  const declared = declaredType(element);
  if (attribute(element, 'missing') === 'true') return { type: declared, evaluate: () => undefined };
  const { text } = element;
  const type = declared ?? typeOfText(text);
  const value = parseAs(type, text);
  const isNan = text.trim() === 'NaN';
  if (value === undefined && !isNan) faultAt(element, 'INVALID_DOCUMENT', `"${text}" is not a value of its type`);
  return { type, constant: text, evaluate: () => value };
};

const compileFieldRef = (element: XmlElement, scope: Scope): Expression => {
  const field = scope.field(required(element, 'field'), element);
  const { slot, type } = field;
  const replacement = attribute(element, 'mapMissingTo');
  if (replacement === undefined) return { type, field, evaluate: ({ values }) => values[slot] };
  const value = parseAs(type, replacement);
  return { type, field, evaluate: ({ values }) => values[slot] ?? value };
};
