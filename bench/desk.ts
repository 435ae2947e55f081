import { join } from 'node:path';
import { eventRegistry } from '../app/event-registry';
import { type CommandBus, createCommandBus } from '../commands';
import type { DomainEvent } from '../domain/events';
import { createEventLog, type VerifiableEventLog } from '../platform/event-log';
import type { EventStore } from '../platform/event-store';
import { MemoryEventStore } from '../platform/event-store/adapters/memory';
import { openSqliteEventStore } from '../platform/event-store/adapters/sqlite';
import { masterKey, masterKeyFromFile, openSubjectKeys } from '../platform/keys';
import { MemoryKeyStore } from '../platform/keys/adapters/memory';
import { SqliteKeyStore } from '../platform/keys/adapters/sqlite';
import type { Clock } from '../platform/runtime';

/** The way commands go, without anything in front of it or behind it. */
export interface Desk {
  readonly bus: CommandBus;
  readonly log: VerifiableEventLog<DomainEvent>;
  readonly store: EventStore;
  close(): Promise<void>;
}

/** Durable, in the data folder of a house: what is written here, a house opened on the folder goes on with. */
export const openDesk = async (folder: string, clock: Clock): Promise<Desk> => {
  const store = openSqliteEventStore(join(folder, 'events.db'));
  const keyStore = new SqliteKeyStore(join(folder, 'keys.db'));
  const master = masterKeyFromFile(join(folder, 'master.key'));
  const keys = await openSubjectKeys({ store: keyStore, master, clock });
  const log = createEventLog<DomainEvent>({ store, registry: eventRegistry, keys });
  return {
    bus: createCommandBus({ log, clock, writers: 'this-process' }),
    log,
    store,
    close: async () => {
      await store.close();
      await keyStore.close();
    },
  };
};

/** In memory: to find out what facts a run of commands leads to. */
export const openPaperDesk = async (clock: Clock): Promise<Desk> => {
  const store = new MemoryEventStore();
  const master = masterKey([Buffer.alloc(32, 7)]);
  const keys = await openSubjectKeys({ store: new MemoryKeyStore(), master, clock });
  const log = createEventLog<DomainEvent>({ store, registry: eventRegistry, keys });
  return { bus: createCommandBus({ log, clock, writers: 'this-process' }), log, store, close: () => store.close() };
};
