import { type DataType, DOUBLE, INTEGER, isNumeric, parseAs, STRING, type Value } from './data-types';
import {
  attribute,
  childrenOf,
  choice,
  faultAt,
  numberAttribute,
  required,
  requiredChild,
  requiredNumber,
} from './element';
import { declaredType, type Expression } from './expression';
import { type Field, numberFor, type Scope } from './scope';
import type { XmlElement } from './xml';

/** A constant of the document, as a value of a type. */
const constantOf = (element: XmlElement, name: string, type: DataType): Value => {
  const text = attribute(element, name);
  if (text === undefined) return undefined;
  const value = parseAs(type, text);
  return value ?? faultAt(element, 'INVALID_DOCUMENT', `${name} "${text}" is not a value of its type`);
};

/** Linear between points; beyond them as `outliers` says. */
export const compileNormContinuous = (element: XmlElement, scope: Scope): Expression => {
  const { slot } = scope.field(required(element, 'field'), element);
  const points = childrenOf(element, 'LinearNorm').map((norm) => ({
    orig: requiredNumber(norm, 'orig'),
    norm: requiredNumber(norm, 'norm'),
  }));
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) {
    return faultAt(element, 'INVALID_DOCUMENT', 'it has fewer than two points');
  }
  const outliers = choice(element, 'outliers', ['asIs', 'asMissingValues', 'asExtremeValues'], 'asIs');
  const whenMissing = numberAttribute(element, 'mapMissingTo');
  const interpolated = (value: number): number => {
    const above = points.findIndex(({ orig }, index) => index > 0 && value <= orig);
    const upper = points[above < 0 ? points.length - 1 : above] ?? last;
    const lower = points[(above < 0 ? points.length - 1 : above) - 1] ?? first;
    return lower.norm + ((value - lower.orig) / (upper.orig - lower.orig)) * (upper.norm - lower.norm);
  };
  const evaluate = (value: number): Value => {
    if (value >= first.orig && value <= last.orig) return interpolated(value);
    if (outliers === 'asMissingValues') return whenMissing;
    if (outliers === 'asIs') return interpolated(value);
    return value < first.orig ? first.norm : last.norm;
  };
  return {
    type: DOUBLE,
    evaluate: ({ numbers }) => {
      const value = numbers[slot] ?? Number.NaN;
      return Number.isNaN(value) ? whenMissing : evaluate(value);
    },
  };
};

/** 1 for one value of a field, 0 for any other. */
export const compileNormDiscrete = (element: XmlElement, scope: Scope): Expression => {
  const field = scope.field(required(element, 'field'), element);
  const whenMissing = numberAttribute(element, 'mapMissingTo');
  const wanted = numberFor(field, required(element, 'value'), element);
  return {
    type: DOUBLE,
    evaluate: ({ numbers }) => {
      const value = numbers[field.slot] ?? Number.NaN;
      if (Number.isNaN(value)) return whenMissing;
      return value === wanted ? 1 : 0;
    },
  };
};

interface Interval {
  readonly contains: (value: number) => boolean;
}

/** An Interval element: a margin that is not there is infinite. */
export const compileInterval = (element: XmlElement): Interval => {
  const closure = choice(element, 'closure', ['openClosed', 'openOpen', 'closedOpen', 'closedClosed'], 'closedClosed');
  const low = numberAttribute(element, 'leftMargin') ?? Number.NEGATIVE_INFINITY;
  const high = numberAttribute(element, 'rightMargin') ?? Number.POSITIVE_INFINITY;
  const [isLowIn, isHighIn] = [closure.startsWith('closed'), closure.endsWith('Closed')];
  return {
    contains: (value) => (isLowIn ? value >= low : value > low) && (isHighIn ? value <= high : value < high),
  };
};

/** What a list of bins or rows gives, where the element does not say its type. */
const typeOfConstants = (texts: readonly string[]): DataType => {
  if (texts.length === 0) return STRING;
  if (texts.every((text) => parseAs(INTEGER, text) !== undefined)) return INTEGER;
  return texts.every((text) => parseAs(DOUBLE, text) !== undefined) ? DOUBLE : STRING;
};

export const compileDiscretize = (element: XmlElement, scope: Scope): Expression => {
  const { slot } = scope.field(required(element, 'field'), element);
  const elements = childrenOf(element, 'DiscretizeBin');
  const type = declaredType(element) ?? typeOfConstants(elements.map((bin) => required(bin, 'binValue')));
  const bins = elements.map((bin) => ({
    ...compileInterval(requiredChild(bin, 'Interval')),
    value: constantOf(bin, 'binValue', type),
  }));
  const [whenMissing, fallback] = [
    constantOf(element, 'mapMissingTo', type),
    constantOf(element, 'defaultValue', type),
  ];
  return {
    type,
    evaluate: ({ numbers }) => {
      const value = numbers[slot] ?? Number.NaN;
      if (Number.isNaN(value)) return whenMissing;
      const bin = bins.find(({ contains }) => contains(value));
      return bin === undefined ? fallback : bin.value;
    },
  };
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const SEPARATOR = '\u0000';

/** A cell or a value as part of a key: numbers are the same however they are written. */
const keyPart = ({ type }: Field, value: number | string | boolean): string => {
  if (typeof value !== 'string' || !isNumeric(type)) return String(value);
  return String(parseAs(DOUBLE, value) ?? value);
};

/** A look-up in an inline table. A table elsewhere is refused: nothing is fetched. */
export const compileMapValues = (element: XmlElement, scope: Scope): Expression => {
  if (childrenOf(element, 'TableLocator').length > 0) {
    return faultAt(element, 'UNSUPPORTED_ELEMENT', 'a table outside of the document is not read');
  }
  const inputs = childrenOf(element, 'FieldColumnPair').map((pair) => ({
    field: scope.field(required(pair, 'field'), pair),
    column: localName(required(pair, 'column')),
  }));
  const output = localName(required(element, 'outputColumn'));
  const rows = childrenOf(requiredChild(element, 'InlineTable'), 'row').map(
    (row) => new Map(row.children.map((cell) => [cell.name, cell.text])),
  );
  const type = declaredType(element) ?? typeOfConstants(rows.map((row) => row.get(output) ?? ''));
  const table = new Map<string, Value>();
  for (const row of rows) {
    const key = inputs.map(({ field, column }) => keyPart(field, row.get(column) ?? '')).join(SEPARATOR);
    if (!table.has(key)) table.set(key, parseAs(type, row.get(output) ?? ''));
  }
  const [whenMissing, fallback] = [
    constantOf(element, 'mapMissingTo', type),
    constantOf(element, 'defaultValue', type),
  ];
  return {
    type,
    evaluate: ({ values }) => {
      const parts: string[] = [];
      for (const { field } of inputs) {
        const value = values[field.slot];
        if (value === undefined) return whenMissing;
        parts.push(keyPart(field, value));
      }
      const key = parts.join(SEPARATOR);
      return table.has(key) ? table.get(key) : fallback;
    },
  };
};
