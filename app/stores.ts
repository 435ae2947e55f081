import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Bus } from '../platform/bus';
import { InProcessBus } from '../platform/bus/adapters/in-process';
import { KafkaBus } from '../platform/bus/adapters/kafka';
import type { Config } from '../platform/config';
import type { EventStore } from '../platform/event-store';
import { openEventStoreDb } from '../platform/event-store/adapters/eventstoredb';
import { openSqliteEventStore } from '../platform/event-store/adapters/sqlite';
import type { KeyStore, MasterKey } from '../platform/keys';
import { MongoKeyStore } from '../platform/keys/adapters/mongodb';
import { SqliteKeyStore } from '../platform/keys/adapters/sqlite';
import type { ReadStore } from '../platform/read-store';
import { MongoReadStore } from '../platform/read-store/adapters/mongodb';
import { SqliteReadStore } from '../platform/read-store/adapters/sqlite';
import { masterKeyOf } from './secrets';

/** The backing services of a process, whichever they are. */
export interface Stores {
  readonly events: EventStore;
  readonly reads: ReadStore;
  readonly keys: KeyStore;
  readonly bus: Bus;
  readonly master: MasterKey;
  close(): Promise<void>;
}

const DEFAULT_DATABASE = 'usance';

interface Reading {
  readonly reads: ReadStore;
  readonly keys: KeyStore;
  close(): Promise<void>;
}

const embeddedReading = (folder: string): Reading => {
  const reads = SqliteReadStore.open(join(folder, 'reads.db'));
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

const mongoReading = async (url: string): Promise<Reading> => {
  const database = new URL(url).pathname.slice(1) || DEFAULT_DATABASE;
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

/**
 * Opens what the configuration names: EventStoreDB, MongoDB, Kafka where their addresses are set, SQLite files in the
 * data folder and the process itself where they are not.
 */
export const openStores = async (config: Config): Promise<Stores> => {
  const folder = config.USANCE_DATA;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const events = await openEvents(config);
  try {
    const reading = config.MONGODB_URL ? await mongoReading(config.MONGODB_URL) : embeddedReading(folder);
    const bus: Bus = config.KAFKA_BROKERS
      ? new KafkaBus({ brokers: config.KAFKA_BROKERS.split(','), clientId: 'usance' })
      : new InProcessBus();
    const master = masterKeyOf(config);
    return {
      events,
      reads: reading.reads,
      keys: reading.keys,
      bus,
      master,
      close: async () => {
        await bus.close();
        await reading.close();
        await events.close();
      },
    };
  } catch (error) {
    await events.close();
    throw error;
  }
};

const openEvents = async (config: Config): Promise<EventStore> => {
  if (config.EVENT_STORE_URL) return openEventStoreDb(config.EVENT_STORE_URL);
  return openSqliteEventStore(join(config.USANCE_DATA, 'events.db'));
};
