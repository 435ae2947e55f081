import { eventTypes } from '../domain/events';
import { assert, type EventType, type EventTypes, Personal, personalFields } from '../domain/kernel';
import type { EventData, EventRegistry, LoggedType } from '../platform/event-log';
import { parserOf } from './known-parts';

const dataOf = (name: string, parsed: unknown): EventData => {
  assert(typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed), `${name}: data is an object`);
  // An object that is no array has members by name.
  return parsed as EventData;
};

const subjectIn = (name: string, field: string, data: EventData): string => {
  const subject = data[field];
  assert(typeof subject === 'string' && subject !== '', `${name}: "${field}" names the subject`);
  return subject;
};

const loggedType = (name: string, type: EventType): LoggedType => {
  const fields = personalFields(type.data);
  const former = type.formerPersonalFields ?? [];
  const { schema, upcasters = [], subject } = type;
  assert(Number.isInteger(schema) && schema >= 1, `${name}: version ${schema}`);
  assert(upcasters.length === schema - 1, `${name}: version ${schema} with ${upcasters.length} upcasters`);
  assert(fields.length === 0 || subject !== undefined, `${name}: personal fields of nobody: no subject is declared`);
  return {
    schema,
    parse: parserOf(type.data, (parsed) => dataOf(name, parsed)),
    upcasters,
    personalFields: fields,
    formerPersonalFields: former,
    subjectOf: (stream, data) => {
      assert(subject !== undefined, `${name}: no subject is declared`);
      return subject === 'stream' ? stream : subjectIn(name, subject.field, data);
    },
  };
};

/** How the domain declares events, told in the words of the log. Throws when a declaration cannot be stored. */
export const eventRegistryOf = (declared: EventTypes): EventRegistry => ({
  types: new Map(Object.entries(declared).map(([name, type]) => [name, loggedType(name, type)])),
  personal: {
    seal: Personal.sealed,
    reveal: (value) => {
      assert(value instanceof Personal, 'a personal field holds a personal value');
      return value.reveal();
    },
  },
});

/** Every event type of the house. */
export const eventRegistry: EventRegistry = eventRegistryOf(eventTypes);
