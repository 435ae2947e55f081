import { unreachable } from '../../domain/kernel';
import { BadRecord } from './faults';
import type { Body, Field } from './format';
import { cellsOf } from './records';

/** The fields of one record: the text of each, '' where it says nothing. */
export type Fields = (field: Field) => string;

/** Reads the fields of record after record; undefined for a record that is none, such as the header line. */
export type FieldReader = (record: string) => Fields | undefined;

export const fieldReader = (body: Body): FieldReader => {
  switch (body.layout) {
    case 'csv':
      return csvFields(body);
    case 'json-lines':
    case 'json':
      return (record) => jsonFields(record, body.fields);
    case 'fixed-width':
      return (record) => (field) => {
        const place = body.fields[field];
        return place === undefined ? '' : record.slice(place.from - 1, place.from - 1 + place.length).trim();
      };
    default:
      return unreachable(body);
  }
};

const csvFields = ({ delimiter, columns }: Extract<Body, { layout: 'csv' }>): FieldReader => {
  let at: ReadonlyMap<Field, number> | undefined;
  if (columns.by === 'position') {
    at = new Map(entriesOf(columns.fields).map(([field, position]) => [field, position - 1]));
  }
  let least = at === undefined ? 0 : Math.max(...at.values()) + 1;
  return (record) => {
    const cells = cellsOf(record, delimiter);
    if (at === undefined && columns.by === 'header') {
      at = positionsIn(cells, columns.fields);
      least = Math.max(...at.values()) + 1;
      return undefined;
    }
    if (cells.length < least) throw new BadRecord('missing-column', String(cells.length + 1));
    return (field) => cells[at?.get(field) ?? -1]?.trim() ?? '';
  };
};

const entriesOf = <Place>(fields: Readonly<Partial<Record<Field, Place>>>): readonly [Field, Place][] =>
  // The keys of a record by field are fields.
  Object.entries(fields) as [Field, Place][];

const positionsIn = (
  header: readonly string[],
  fields: Readonly<Partial<Record<Field, string>>>,
): ReadonlyMap<Field, number> => {
  const names = header.map((name) => name.trim());
  return new Map(
    entriesOf(fields).map(([field, name]) => {
      const position = names.indexOf(name);
      if (position < 0) throw new BadRecord('header', field, name);
      return [field, position];
    }),
  );
};

/** A binary number keeps so many decimal digits exactly; beyond them an amount must come as text. */
const EXACT_DIGITS = 15;

const jsonFields = (record: string, fields: Readonly<Partial<Record<Field, string>>>): Fields => {
  const members = objectOf(record);
  return (field) => {
    const path = fields[field];
    const value = path === undefined ? undefined : valueAt(members, path);
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return exactText(value, field);
    return '';
  };
};

const exactText = (value: number, field: Field): string => {
  const text = String(value);
  if (text.includes('e') || text.replace(/\D/g, '').length > EXACT_DIGITS) throw new BadRecord('amount', field, text);
  return text;
};

const objectOf = (record: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(record);
    // What JSON calls an object has members by name.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below, as for every other value that is no object.
  }
  throw new BadRecord('not-json', undefined, record);
};

/** "amount.value" is the member "value" of the member "amount". */
const valueAt = (members: Readonly<Record<string, unknown>>, path: string): unknown => {
  if (Object.hasOwn(members, path)) return members[path];
  let value: unknown = members;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
};
