import { inspect } from 'node:util';
import { z } from 'zod';
import { type BorrowerEvent, borrowerEvents } from '../domain/borrower';
import { type DomainEvent, eventTypes } from '../domain/events';
import { blindIndexSchema, eventType, InvariantError, Personal, personalSchema } from '../domain/kernel';
import { createEventLog, NO_EVENTS } from '../platform/event-log';
import { MemoryEventStore } from '../platform/event-store/adapters/memory';
import { createBlindIndexer, masterKey, openSubjectKeys } from '../platform/keys';
import { MemoryKeyStore } from '../platform/keys/adapters/memory';
import { idKey, systemClock, uuidV5 } from '../platform/runtime';
import { contextOf, readAllOf } from '../tests/support/note-log';
import { eventRegistry, eventRegistryOf } from './event-registry';

const master = masterKey([Buffer.alloc(32, 1)]);

const openLog = async () => {
  const store = new MemoryEventStore();
  const keys = await openSubjectKeys({ store: new MemoryKeyStore(), master, clock: systemClock });
  return { store, keys, log: createEventLog<DomainEvent>({ store, registry: eventRegistry, keys }) };
};

const stream = `borrower-${idKey(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'borrower'))}`;
const indexer = createBlindIndexer(master);
const indexOf = (purpose: string, value: string) => blindIndexSchema.parse(indexer.index(purpose, value));

const person = { name: '欧阳修远', idNumber: '330102199001011234', phone: '13812345678', birthDate: '1990-01-01' };

const registered: Extract<BorrowerEvent, { type: 'BorrowerRegistered' }> = {
  type: 'BorrowerRegistered',
  data: {
    name: Personal.of(person.name),
    idNumber: Personal.of(person.idNumber),
    phone: Personal.of(person.phone),
    birthDate: Personal.of(person.birthDate),
    idNumberIndex: indexOf('id-number', person.idNumber),
    phoneIndex: indexOf('phone', person.phone),
    region: '33',
  },
};

describe('the event registry', () => {
  it('knows every event type of the house', () => {
    expect([...eventRegistry.types.keys()].sort()).toEqual(Object.keys(eventTypes).sort());
    for (const [name, { schema }] of Object.entries(eventTypes)) {
      expect(eventRegistry.types.get(name)).toMatchObject({ schema });
    }
  });

  it('finds the personal fields in the schemas, and their subject', () => {
    const type = eventRegistry.types.get('BorrowerRegistered');
    expect(type?.personalFields).toEqual(['name', 'idNumber', 'phone', 'birthDate']);
    expect(type?.subjectOf(stream, {})).toBe(stream);
    const personal = Object.keys(borrowerEvents).filter((name) => eventRegistry.types.get(name)?.personalFields.length);
    expect(personal).toEqual(['BorrowerRegistered', 'BankCardBound', 'NoticePreferencesSet']);
  });

  it('takes the subject from a field where the declaration says so', () => {
    const data = z.strictObject({ borrowerId: z.string(), name: personalSchema.optional() });
    const { types } = eventRegistryOf({ X: eventType({ schema: 1, subject: { field: 'borrowerId' }, data }) });
    expect(types.get('X')?.personalFields).toEqual(['name']);
    expect(types.get('X')?.subjectOf('loan-1', { borrowerId: 'borrower-1' })).toBe('borrower-1');
    expect(() => types.get('X')?.subjectOf('loan-1', {})).toThrow(InvariantError);
  });

  it.each([
    ['personal fields of nobody', eventType({ schema: 1, data: z.strictObject({ name: personalSchema }) })],
    ['a version without its upcaster', eventType({ schema: 2, data: z.strictObject({}) })],
    ['a version before the first', eventType({ schema: 0, data: z.strictObject({}) })],
  ])('refuses a declaration with %s', (_, declared) => {
    expect(() => eventRegistryOf({ X: declared })).toThrow(InvariantError);
  });
});

describe('a person of the domain in the log', () => {
  it('lies nowhere in clear, not even where an event is printed, and comes back', async () => {
    const { log, store } = await openLog();
    const result = await log.append(stream, NO_EVENTS, [registered], contextOf('register'));
    const [event] = await readAllOf(log.readStream(stream));
    const [stored] = await readAllOf(store.readStream(stream));
    const printed = [stored, event, result].map((each) => inspect(each, { depth: 9, showHidden: true })).join();
    for (const canary of Object.values(person)) expect(printed).not.toContain(canary);
    if (event?.type !== 'BorrowerRegistered') throw new Error('another event');
    expect(await event.data.name.reveal()).toBe(person.name);
    expect(await event.data.idNumber.reveal()).toBe(person.idNumber);
    expect(event.data.region).toBe('33');
  });

  it('is gone when its key is', async () => {
    const { log, keys } = await openLog();
    await log.append(stream, NO_EVENTS, [registered], contextOf('register'));
    await keys.destroy(stream);
    const [event] = await readAllOf(log.readStream(stream));
    if (event?.type !== 'BorrowerRegistered') throw new Error('another event');
    expect(await event.data.phone.reveal()).toBeUndefined();
    expect(await log.verifyStream(stream)).toBeUndefined();
  });
});
