import { join } from 'node:path';
import { openSqliteEventStore, type SqliteEventStore } from '../platform/event-store/adapters/sqlite';
import { openRawStore, type RawStore } from './raw-sqlite';
import { type Work, workOf } from './repayments';
import {
  type Benchmark,
  compare,
  contestant,
  digestOf,
  type Figure,
  makeFolder,
  removeFolder,
  type Trial,
  windowed,
} from './support';

/** How much is done. */
interface EventStoreSize {
  /** Durable appends of one event each, by how many are in flight at once. */
  readonly appends: readonly { readonly inFlight: number; readonly count: number }[];
  /** Events of the log that is read. */
  readonly log: number;
}

const FULL: EventStoreSize = {
  appends: [
    { inFlight: 1, count: 5_000 },
    { inFlight: 10, count: 20_000 },
    { inFlight: 100, count: 60_000 },
    { inFlight: 1_000, count: 100_000 },
  ],
  log: 300_000,
};

const TINY: EventStoreSize = { appends: [1, 10].map((inFlight) => ({ inFlight, count: 60 })), log: 500 };

const digestLine = (stream: string, revision: number | bigint, id: string, data: string): string =>
  `${stream}@${revision} ${id} ${data}`;

interface Opened<Store> {
  readonly folder: string;
  readonly store: Store;
}

/** Ours, in a folder of its own, holding what it is given. */
const openStore = (): Opened<SqliteEventStore> => {
  const folder = makeFolder();
  return { folder, store: openSqliteEventStore(join(folder, 'events.db')) };
};

const storeTrial = {
  prepare: openStore,
  digest: async ({ store }: Opened<SqliteEventStore>): Promise<string> => {
    const lines: string[] = [];
    for await (const { events } of store.readAll()) {
      for (const { stream, revision, id, data } of events) lines.push(digestLine(stream, revision, id, data));
    }
    return digestOf(lines);
  },
  dispose: async ({ store, folder }: Opened<SqliteEventStore>): Promise<void> => {
    await store.close();
    removeFolder(folder);
  },
};

/** The ceiling: SQLite itself with prepared statements, and nothing that makes it an event store. */
const rawTrial = {
  prepare: (): Opened<RawStore> => {
    const folder = makeFolder();
    return { folder, store: openRawStore(join(folder, 'raw.db')) };
  },
  digest: ({ store }: Opened<RawStore>): string =>
    digestOf(store.rows().map(([, stream, revision, id, , data]) => digestLine(stream, revision, id, data))),
  dispose: ({ store, folder }: Opened<RawStore>): void => {
    store.close();
    removeFolder(folder);
  },
};

const append = (store: SqliteEventStore, { stream, revision, event }: Work): Promise<unknown> =>
  store.append(stream, revision === 0 ? 'none' : BigInt(revision - 1), [event]);

const appending = (work: readonly Work[], inFlight: number): Trial<Opened<SqliteEventStore>> => ({
  ...storeTrial,
  work: ({ store }) =>
    windowed(work.length, inFlight, async (index) => {
      const next = work[index];
      if (next) await append(store, next);
    }),
});

const appendingRaw = (work: readonly Work[], group: number): Trial<Opened<RawStore>> => ({
  ...rawTrial,
  work: ({ store }) => {
    for (let from = 0; from < work.length; from += group) store.commit(work.slice(from, from + group));
    return { operations: work.length };
  },
});

const reading = (work: readonly Work[]): Trial<Opened<SqliteEventStore>> => ({
  ...storeTrial,
  prepare: async () => {
    const opened = openStore();
    await windowed(work.length, 1_000, async (index) => {
      const next = work[index];
      if (next) await append(opened.store, next);
    });
    return opened;
  },
  work: async ({ store }) => {
    let operations = 0;
    for await (const { events } of store.readAll()) operations += events.length;
    return { operations };
  },
});

const readingRaw = (work: readonly Work[]): Trial<Opened<RawStore>> => ({
  ...rawTrial,
  prepare: () => {
    const opened = rawTrial.prepare();
    for (let from = 0; from < work.length; from += 1_000) opened.store.commit(work.slice(from, from + 1_000));
    return opened;
  },
  work: ({ store }) => ({ operations: store.scan() }),
});

/** Durable appends beside SQLite's own group commit, and reading the log beside SQLite's own scan. */
const benchEventStore = async ({ appends, log }: EventStoreSize): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const { inFlight, count } of appends) {
    const work = workOf(count, inFlight);
    const ceiling = `raw SQLite, commits of ${inFlight}`;
    const raw = contestant({ name: ceiling, unit: 'events/s' }, appendingRaw(work, inFlight));
    const claim = { name: `append, ${inFlight} in flight`, unit: 'appends/s', ceiling };
    figures.push(...(await compare([raw, contestant(claim, appending(work, inFlight))])));
  }
  const work = workOf(log, 1_000);
  const ceiling = 'raw SQLite, scan';
  const raw = contestant({ name: ceiling, unit: 'events/s' }, readingRaw(work));
  const claim = { name: 'readAll', unit: 'events/s', ceiling };
  figures.push(...(await compare([raw, contestant(claim, reading(work))])));
  return figures;
};

export const eventStore: Benchmark = {
  name: 'event-store',
  full: () => benchEventStore(FULL),
  tiny: () => benchEventStore(TINY),
};
