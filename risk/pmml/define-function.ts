import { type DataType, DOUBLE, STRING, type Value } from './data-types';
import { attribute, childrenOf, faultAt, required } from './element';
import { declaredType, type Expression, evaluateAs, type Functions } from './expression';
import { compileExpressionIn } from './expressions';
import { type Field, Scope, type Slots, write } from './scope';
import type { XmlElement } from './xml';

interface Defined {
  readonly parameters: readonly Field[];
  readonly body: Expression;
  /** How many calls a call of it makes, itself included. */
  readonly calls: number;
}

/** Functions that call each other twice over, a few dozen deep, would never end: so many calls a row at most. */
const MOST_CALLS = 100_000;

/** The functions that a TransformationDictionary defines, each compiled when it is first called. */
export const defineFunctions = (dictionary: XmlElement | undefined, slots: Slots): Functions => {
  const elements = new Map(
    (dictionary === undefined ? [] : childrenOf(dictionary, 'DefineFunction')).map((each) => [
      required(each, 'name'),
      each,
    ]),
  );
  const compiled = new Map<string, Defined | 'in work'>();
  /** Calls that the function at work makes; outside of any, those of the document. */
  let calls = 0;
  const compileCounted = (element: XmlElement): Defined => {
    const outside = calls;
    calls = 1;
    const definition = compileDefinition(element, slots, functions);
    const defined = { ...definition, calls };
    calls = outside;
    return defined;
  };
  const functions: Functions = {
    find: (name, at) => {
      const element = elements.get(name);
      if (element === undefined) return undefined;
      const before = compiled.get(name);
      if (before === 'in work') return faultAt(at, 'CYCLIC_DEFINITION', `the function "${name}" calls itself`);
      if (before === undefined) compiled.set(name, 'in work');
      const defined = before ?? compileCounted(element);
      compiled.set(name, defined);
      calls += defined.calls;
      if (calls > MOST_CALLS) faultAt(at, 'INVALID_DOCUMENT', `more than ${MOST_CALLS} calls of functions`);
      return (values, call) => callOf(defined, values, call);
    },
  };
  return functions;
};

const compileDefinition = (element: XmlElement, slots: Slots, functions: Functions): Omit<Defined, 'calls'> => {
  const scope = new Scope();
  const parameters = childrenOf(element, 'ParameterField').map((parameter) => {
    const field = slots.field(
      required(parameter, 'name'),
      declaredType(parameter) ?? typeByUse(parameter),
      'continuous',
    );
    scope.declare(field);
    return field;
  });
  const body = compileExpressionIn(element, scope, functions);
  const type = declaredType(element);
  return { parameters, body: type === undefined ? body : { type, evaluate: evaluateAs(body, type) } };
};

const typeByUse = (parameter: XmlElement): DataType =>
  attribute(parameter, 'optype') === 'categorical' ? STRING : DOUBLE;

/** Arguments are evaluated before any parameter is set, so that a function may be given what itself gave. */
const callOf = ({ parameters, body }: Defined, values: readonly Expression[], call: XmlElement): Expression => {
  if (values.length !== parameters.length) {
    return faultAt(call, 'INVALID_DOCUMENT', `the function takes ${parameters.length} arguments, not ${values.length}`);
  }
  return {
    type: body.type,
    evaluate: (frame) => {
      const given: readonly Value[] = values.map(({ evaluate }) => evaluate(frame));
      for (const [index, field] of parameters.entries()) write(frame, field, given[index]);
      return body.evaluate(frame);
    },
  };
};
