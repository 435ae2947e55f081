import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Bus } from '../platform/bus';
import { InProcessBus } from '../platform/bus/adapters/in-process';
import type { Config } from '../platform/config';
import type { EventStore } from '../platform/event-store';
import { openSqliteEventStore } from '../platform/event-store/adapters/sqlite';
import type { KeyStore, MasterKey } from '../platform/keys';
import { SqliteKeyStore } from '../platform/keys/adapters/sqlite';
import { ExpiringLeases, type Leases, termsFor } from '../platform/lease';
import { InProcessLeases } from '../platform/lease/adapters/in-process';
import type { ReadStore } from '../platform/read-store';
import { SqliteReadStore, WRITING_THREAD } from '../platform/read-store/adapters/sqlite';
import { systemClock, systemIds, systemTimers } from '../platform/runtime';
import { masterKeyOf } from './secrets';

/** The backing services of a process, whichever they are. */
export interface Stores {
  readonly events: EventStore;
  readonly reads: ReadStore;
  readonly keys: KeyStore;
  readonly bus: Bus;
  readonly leases: Leases;
  readonly master: MasterKey;
  close(): Promise<void>;
}

const DEFAULT_DATABASE = 'usance';

interface Reading {
  readonly reads: ReadStore;
  readonly keys: KeyStore;
  close(): Promise<void>;
}

const embeddedReading = (folder: string, writesApart: boolean): Reading => {
  const reads = SqliteReadStore.open(join(folder, 'reads.db'), { thread: writesApart ? WRITING_THREAD : undefined });
  const keys = new SqliteKeyStore(join(folder, 'keys.db'));
  return {
    reads,
    keys,
    close: async () => {
      await reads.close();
      await keys.close();
    },
  };
};

const databaseOf = (url: string): string => new URL(url).pathname.slice(1) || DEFAULT_DATABASE;

// Adapters for servers, with the libraries that they bring, are read where a server is named: without one, a house
// starts in two thirds of the time.
const mongoReading = async (url: string): Promise<Reading> => {
  const { MongoClient } = await import('mongodb');
  const { MongoReadStore } = await import('../platform/read-store/adapters/mongodb/index.js');
  const { MongoKeyStore } = await import('../platform/keys/adapters/mongodb.js');
  const database = databaseOf(url);
  const reads = await MongoReadStore.open({ url, database });
  const client = await new MongoClient(url, { appName: 'usance-keys' }).connect();
  const keys = await MongoKeyStore.open(client.db(database));
  return {
    reads,
    keys,
    close: async () => {
      await reads.close();
      await keys.close();
      await client.close();
    },
  };
};

export interface StoresOptions {
  /** A thread of its own writes the read models, where they are a file. Default: no. */
  readonly writesApart?: boolean;
}

/**
 * Opens what the configuration names: EventStoreDB, MongoDB, Kafka, Redis where their addresses are set, SQLite files
 * in the data folder and the process itself where they are not. Fails whole: what was opened is closed.
 */
export const openStores = async (config: Config, { writesApart = false }: StoresOptions = {}): Promise<Stores> => {
  const folder = config.USANCE_DATA;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const store of opened.toReversed()) await store.close();
  };
  const keep = <Store extends { close(): Promise<void> }>(store: Store): Store => {
    opened.push(store);
    return store;
  };
  try {
    const events = keep(await openEvents(config));
    const { reads, keys } = keep(
      config.MONGODB_URL ? await mongoReading(config.MONGODB_URL) : embeddedReading(folder, writesApart),
    );
    const bus = keep(await openBus(config));
    const leases = keep(await openLeases(config));
    return { events, reads, keys, bus, leases, master: masterKeyOf(config), close };
  } catch (error) {
    await close();
    throw error;
  }
};

const openEvents = async (config: Config): Promise<EventStore> => {
  if (config.EVENT_STORE_URL) {
    const { openEventStoreDb } = await import('../platform/event-store/adapters/eventstoredb/index.js');
    return openEventStoreDb(config.EVENT_STORE_URL);
  }
  return openSqliteEventStore(join(config.USANCE_DATA, 'events.db'));
};

const openBus = async ({ KAFKA_BROKERS: brokers }: Config): Promise<Bus> => {
  if (!brokers) return new InProcessBus();
  const { KafkaBus } = await import('../platform/bus/adapters/kafka/index.js');
  return new KafkaBus({ brokers: brokers.split(','), clientId: 'usance' });
};

/** Leases run by the machines' time, also in a house whose clock a simulation moves: other processes share them. */
const openLeases = async (config: Config): Promise<Leases> => {
  const { REDIS_URL: url, MONGODB_URL: reads, USANCE_LEASE_SECONDS: seconds } = config;
  if (!url) return new InProcessLeases();
  const terms = termsFor(seconds * 1_000);
  // Houses that share a Redis, as they may share a MongoDB, are told apart by the name of their database.
  const prefix = `usance:lease:${reads ? databaseOf(reads) : DEFAULT_DATABASE}:`;
  const { RedisLeaseTable } = await import('../platform/lease/adapters/redis/index.js');
  const table = await RedisLeaseTable.open({ url, prefix, callMs: terms.marginMs });
  const time = { clock: systemClock, stopwatch: () => performance.now(), timers: systemTimers };
  return new ExpiringLeases({ table, ids: systemIds, time, terms });
};
