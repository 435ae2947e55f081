import { PmmlFault, type PmmlRefusalCode } from './refused';
import { pathOf, type XmlElement } from './xml';

/** Refuses the document because of this element. */
export const faultAt = (element: XmlElement, code: PmmlRefusalCode, what: string): never => {
  const place = { path: pathOf(element), line: element.line };
  throw new PmmlFault({ refused: true, code, detail: `${element.name} at line ${place.line}: ${what}.`, place });
};

export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);

export const requiredChild = (element: XmlElement, name: string): XmlElement =>
  childOf(element, name) ?? faultAt(element, 'INVALID_DOCUMENT', `it has no ${name}`);

export const attribute = (element: XmlElement, name: string): string | undefined => element.attributes.get(name);

/** The first of these attributes that is there: the standard has renamed some. */
export const required = (element: XmlElement, ...names: readonly [string, ...string[]]): string => {
  for (const name of names) {
    const value = element.attributes.get(name);
    if (value !== undefined) return value;
  }
  return faultAt(element, 'INVALID_DOCUMENT', `the attribute ${names[0]} is missing`);
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const SPECIAL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['INF', Number.POSITIVE_INFINITY],
  ['-INF', Number.NEGATIVE_INFINITY],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** A number as XML Schema and the languages of the exporters write it; undefined where it is none. */
export const parseNumber = (text: string): number | undefined => {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed) : SPECIAL_NUMBERS.get(trimmed);
};

export const numberAttribute = (element: XmlElement, name: string): number | undefined => {
  const text = element.attributes.get(name);
  if (text === undefined) return undefined;
  return parseNumber(text) ?? faultAt(element, 'INVALID_DOCUMENT', `the attribute ${name} is not a number`);
};

export const requiredNumber = (element: XmlElement, name: string): number =>
  numberAttribute(element, name) ?? faultAt(element, 'INVALID_DOCUMENT', `the attribute ${name} is missing`);

/** An attribute with a closed set of values. */
export const choice = <T extends string>(
  element: XmlElement,
  name: string,
  choices: readonly T[],
  fallback: NoInfer<T>,
): T => {
  const text = element.attributes.get(name);
  if (text === undefined) return fallback;
  return (
    choices.find((each) => each === text) ?? faultAt(element, 'INVALID_DOCUMENT', `${name} "${text}" is not known`)
  );
};

const ITEM = /"((?:[^"\\]|\\.)*)"|\S+/g;

/** The items of an Array element: parted by white space, or in quotes with escaped quotes inside. */
export const arrayItems = (array: XmlElement): readonly string[] => {
  const items = [...array.text.matchAll(ITEM)].map(([whole, quoted]) => quoted?.replace(/\\(.)/g, '$1') ?? whole);
  const count = numberAttribute(array, 'n');
  if (count !== undefined && count !== items.length) {
    faultAt(array, 'INVALID_DOCUMENT', `it has ${items.length} items instead of ${count}`);
  }
  return items;
};
