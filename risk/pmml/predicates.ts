import { isNumeric, parseAs, STRING } from './data-types';
import { arrayItems, attribute, choice, faultAt, required } from './element';
import { type Field, type Frame, numberFor, type Scope } from './scope';
import type { XmlElement } from './xml';

/** Three-valued logic: what is said of a missing value is unknown. */
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;
export type Truth = typeof FALSE | typeof TRUE | typeof UNKNOWN;

/**
 * A predicate, compiled. All have the same shape, whatever their kind, so that a walk over many of them stays fast:
 * a comparison with a constant is a closed interval of numbers, and a set of constants is a set of numbers.
 */
export interface Predicate {
  readonly kind: 'interval' | 'set' | 'missing' | 'constant' | 'custom';
  readonly slot: number;
  readonly low: number;
  readonly high: number;
  readonly members: ReadonlySet<number>;
  /** What it is when the value lies inside, is in the set, is missing; the truth of a constant. */
  readonly yes: Truth;
  readonly no: Truth;
  readonly custom: (frame: Frame) => Truth;
  readonly isSurrogate: boolean;
}

/** A class, so that the engine lays out every predicate alike: a walk is many times slower when it does not. */
export class Test implements Predicate {
  readonly kind: Predicate['kind'];
  readonly slot: number;
  readonly low: number;
  readonly high: number;
  readonly members: ReadonlySet<number>;
  readonly yes: Truth;
  readonly no: Truth;
  readonly custom: (frame: Frame) => Truth;
  readonly isSurrogate: boolean;

  constructor(predicate: Predicate) {
    this.kind = predicate.kind;
    this.slot = predicate.slot;
    this.low = predicate.low;
    this.high = predicate.high;
    this.members = predicate.members;
    this.yes = predicate.yes;
    this.no = predicate.no;
    this.custom = predicate.custom;
    this.isSurrogate = predicate.isSurrogate;
  }
}

const NOBODY: ReadonlySet<number> = new Set();
const CONSTANT: Predicate = {
  kind: 'constant',
  slot: 0,
  low: 0,
  high: 0,
  members: NOBODY,
  yes: TRUE,
  no: FALSE,
  custom: () => TRUE,
  isSurrogate: false,
};

export const truthOf = (test: Test, frame: Frame): Truth => {
  switch (test.kind) {
    case 'interval': {
      const value = frame.numbers[test.slot] ?? Number.NaN;
      if (value >= test.low && value <= test.high) return test.yes;
      return Number.isNaN(value) ? UNKNOWN : test.no;
    }
    case 'set': {
      const value = frame.numbers[test.slot] ?? Number.NaN;
      if (Number.isNaN(value)) return UNKNOWN;
      return test.members.has(value) ? test.yes : test.no;
    }
    case 'missing':
      return Number.isNaN(frame.numbers[test.slot] ?? Number.NaN) ? test.yes : test.no;
    case 'constant':
      return test.yes;
    case 'custom':
      return test.custom(frame);
  }
};

const PREDICATES: ReadonlySet<string> = new Set([
  'SimplePredicate',
  'SimpleSetPredicate',
  'CompoundPredicate',
  'True',
  'False',
]);

/** The predicate that an element holds as its child. */
export const compilePredicateIn = (holder: XmlElement, scope: Scope): Test => {
  const predicate = holder.children.find(({ name }) => PREDICATES.has(name));
  if (predicate === undefined) return faultAt(holder, 'INVALID_DOCUMENT', 'it has no predicate');
  return new Test(compilePredicate(predicate, scope));
};

const compilePredicate = (element: XmlElement, scope: Scope): Predicate => {
  switch (element.name) {
    case 'True':
      return CONSTANT;
    case 'False':
      return { ...CONSTANT, yes: FALSE };
    case 'SimplePredicate':
      return compileSimple(element, scope);
    case 'SimpleSetPredicate':
      return compileSet(element, scope);
    default:
      return compileCompound(element, scope);
  }
};

const OPERATORS = [
  'equal',
  'notEqual',
  'lessThan',
  'lessOrEqual',
  'greaterThan',
  'greaterOrEqual',
  'isMissing',
  'isNotMissing',
] as const;
type Operator = (typeof OPERATORS)[number];

const compileSimple = (element: XmlElement, scope: Scope): Predicate => {
  const field = scope.field(required(element, 'field'), element);
  required(element, 'operator');
  const operator = choice(element, 'operator', OPERATORS, 'equal');
  const { slot } = field;
  if (operator === 'isMissing') return { ...CONSTANT, kind: 'missing', slot };
  if (operator === 'isNotMissing') return { ...CONSTANT, kind: 'missing', slot, yes: FALSE, no: TRUE };
  const text = required(element, 'value');
  const isSame = operator === 'equal' || operator === 'notEqual';
  if (!isSame && field.type === STRING) return compileOrdering(field, operator, text);
  const [low, high] = intervalOf(operator, numberFor(field, text, element));
  const [yes, no]: readonly [Truth, Truth] = operator === 'notEqual' ? [FALSE, TRUE] : [TRUE, FALSE];
  return { ...CONSTANT, kind: 'interval', slot, low, high, yes, no };
};

/** The closed interval in which a value compares so with the limit. */
const intervalOf = (operator: Operator, limit: number): readonly [number, number] => {
  switch (operator) {
    case 'lessThan':
      return [Number.NEGATIVE_INFINITY, -above(-limit)];
    case 'lessOrEqual':
      return [Number.NEGATIVE_INFINITY, limit];
    case 'greaterThan':
      return [above(limit), Number.POSITIVE_INFINITY];
    case 'greaterOrEqual':
      return [limit, Number.POSITIVE_INFINITY];
    default:
      return [limit, limit];
  }
};

/** The smallest double above this one; NaN, which nothing lies beyond, above infinity. */
export const above = (value: number): number => {
  if (value === Number.POSITIVE_INFINITY) return Number.NaN;
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
};

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  lessThan: (order) => order < 0,
  lessOrEqual: (order) => order <= 0,
  greaterThan: (order) => order > 0,
  greaterOrEqual: (order) => order >= 0,
};

/** Text compares in the order that its field declares, or else by its characters. */
const compileOrdering = ({ slot, optype, ordering }: Field, operator: Operator, text: string): Predicate => {
  const holds = COMPARISONS[operator] ?? (() => false);
  const isOrdered = optype === 'ordinal' && ordering.includes(text);
  const limit = ordering.indexOf(text);
  const orderOf = (value: string): number => {
    if (isOrdered) return ordering.indexOf(value) - limit;
    if (value === text) return 0;
    return value < text ? -1 : 1;
  };
  return custom((frame) => {
    const value = frame.values[slot];
    if (value === undefined) return UNKNOWN;
    return holds(orderOf(String(value))) ? TRUE : FALSE;
  });
};

const custom = (judge: (frame: Frame) => Truth): Predicate => ({ ...CONSTANT, kind: 'custom', custom: judge });

const compileSet = (element: XmlElement, scope: Scope): Predicate => {
  const field = scope.field(required(element, 'field'), element);
  const array = element.children.find(({ name }) => name === 'Array');
  if (array === undefined) return faultAt(element, 'INVALID_DOCUMENT', 'it has no Array');
  required(element, 'booleanOperator');
  const isIn = choice(element, 'booleanOperator', ['isIn', 'isNotIn'], 'isIn') === 'isIn';
  // A number that cannot be read in a set of numbers is no member; text is compared as it stands.
  const items = arrayItems(array).filter(
    (item) => !isNumeric(field.type) || parseAs({ kind: 'double' }, item) !== undefined,
  );
  const members = new Set(items.map((item) => numberFor(field, item, array)));
  return { ...CONSTANT, kind: 'set', slot: field.slot, members, yes: isIn ? TRUE : FALSE, no: isIn ? FALSE : TRUE };
};

const compileCompound = (element: XmlElement, scope: Scope): Predicate => {
  required(element, 'booleanOperator');
  const operator = choice(element, 'booleanOperator', ['and', 'or', 'xor', 'surrogate'], 'and');
  const tests = element.children
    .filter(({ name }) => PREDICATES.has(name))
    .map((each) => new Test(compilePredicate(each, scope)));
  if (tests.length === 0) return faultAt(element, 'INVALID_DOCUMENT', 'it has no predicates');
  if (attribute(element, 'booleanOperator') === 'surrogate') return { ...custom(surrogate(tests)), isSurrogate: true };
  return custom(COMBINATIONS[operator === 'surrogate' ? 'and' : operator](tests));
};

const COMBINATIONS: Readonly<Record<'and' | 'or' | 'xor', (tests: readonly Test[]) => (frame: Frame) => Truth>> = {
  and: (tests) => decidedBy(tests, FALSE, TRUE),
  or: (tests) => decidedBy(tests, TRUE, FALSE),
  xor: (tests) => (frame) => {
    let isOdd = false;
    for (const test of tests) {
      const truth = truthOf(test, frame);
      if (truth === UNKNOWN) return UNKNOWN;
      isOdd = isOdd !== (truth === TRUE);
    }
    return isOdd ? TRUE : FALSE;
  },
};

/** One test that is `decisive` decides; unknown if none is and one is unknown. */
const decidedBy =
  (tests: readonly Test[], decisive: Truth, otherwise: Truth) =>
  (frame: Frame): Truth => {
    let result = otherwise;
    for (const test of tests) {
      const truth = truthOf(test, frame);
      if (truth === decisive) return decisive;
      if (truth === UNKNOWN) result = UNKNOWN;
    }
    return result;
  };

/** The first test that is not unknown. Counts on the frame when that is not the very first. */
const surrogate =
  (tests: readonly Test[]) =>
  (frame: Frame): Truth => {
    for (const [index, test] of tests.entries()) {
      const truth = truthOf(test, frame);
      if (truth === UNKNOWN) continue;
      if (index > 0) frame.surrogates += 1;
      return truth;
    }
    return UNKNOWN;
  };
