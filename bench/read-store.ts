import { join } from 'node:path';
import BetterSqlite, { type Database } from 'better-sqlite3';
import { type CollectionSpec, type Put, put } from '../platform/read-store';
import { SqliteReadStore } from '../platform/read-store/adapters/sqlite';
import {
  type Benchmark,
  digestOf,
  type Figure,
  makeFolder,
  measure,
  nameOf,
  removeFolder,
  type Trial,
} from './support';

/** How much is done. */
interface ReadStoreSize {
  readonly documents: number;
  /** How often each document is written after it is new. */
  readonly changes: number;
  /** Puts in one commit. */
  readonly batch: number;
  readonly page: number;
}

const FULL: ReadStoreSize = { documents: 40_000, changes: 4, batch: 2_000, page: 50 };
const TINY: ReadStoreSize = { documents: 60, changes: 2, batch: 25, page: 7 };

interface Loan {
  readonly borrower: string;
  readonly status: 'active' | 'arrears';
  readonly outstanding: { readonly amount: string; readonly currency: string };
  readonly installments: readonly { readonly due: string; readonly amount: string; readonly paid: boolean }[];
}

const LOANS: CollectionSpec<Loan> = {
  name: 'loans@1',
  indexes: {
    byBorrower: ({ borrower }) => [borrower],
    byStatus: ({ status, outstanding }) => [status, outstanding.currency],
  },
};

/** A loan after so many repayments; every tenth repayment makes or ends arrears. */
const loanOf = (document: number, repayments: number): Loan => ({
  borrower: `borrower-${nameOf(`borrower ${document % 10_000}`)}`,
  status: (document + repayments) % 10 === 0 ? 'arrears' : 'active',
  outstanding: { amount: `${1_000 - repayments}.00`, currency: 'CNY' },
  installments: Array.from({ length: 6 }, (_, month) => ({
    due: `2026-0${month + 1}-11`,
    amount: '100.00',
    paid: month < repayments,
  })),
});

const keyOf = (document: number): string => `loan-${nameOf(`loan ${document}`)}`;

const positionOf = (round: number, document: number): string => `${round}-${String(document).padStart(8, '0')}`;

interface Written {
  readonly key: string;
  readonly loan: Loan;
  readonly position: string;
}

/** One round writes every document once, in an order that is not that of their keys. */
const roundOf = (size: ReadStoreSize, round: number): readonly Written[] =>
  Array.from({ length: size.documents }, (_, document) => ({
    key: keyOf(document),
    loan: loanOf(document, round),
    position: positionOf(round, document),
  }));

interface Opened<Store> {
  readonly folder: string;
  readonly store: Store;
}

const commitAll = async (store: SqliteReadStore, written: readonly Written[], batch: number): Promise<void> => {
  for (let from = 0; from < written.length; from += batch) {
    const puts: readonly Put[] = written
      .slice(from, from + batch)
      .map(({ key, loan, position }) => put(LOANS, key, loan, position));
    await store.commit({ reader: 'loans@1', checkpoint: puts.at(-1)?.position ?? '', puts });
  }
};

/** Ours, holding the documents of the given rounds. */
const storeWith = async (
  size: ReadStoreSize,
  rounds: readonly (readonly Written[])[],
): Promise<Opened<SqliteReadStore>> => {
  const folder = makeFolder();
  const store = SqliteReadStore.open(join(folder, 'read.db'));
  await store.prepare(LOANS);
  for (const round of rounds) await commitAll(store, round, size.batch);
  return { folder, store };
};

const lineOf = (key: string, loan: Loan): string => `${key} ${loan.status} ${loan.outstanding.amount}`;

const storeTrial = {
  digest: async ({ store }: Opened<SqliteReadStore>): Promise<string> => {
    const lines: string[] = [];
    for await (const page of store.scan(LOANS)) lines.push(...page.map(({ key, value }) => lineOf(key, value.doc)));
    return digestOf(lines);
  },
  dispose: async ({ store, folder }: Opened<SqliteReadStore>): Promise<void> => {
    await store.close();
    removeFolder(folder);
  },
};

const committing = (
  size: ReadStoreSize,
  before: readonly (readonly Written[])[],
  rounds: readonly (readonly Written[])[],
): Trial<Opened<SqliteReadStore>> => ({
  ...storeTrial,
  prepare: () => storeWith(size, before),
  work: async ({ store }) => {
    for (const round of rounds) await commitAll(store, round, size.batch);
    return { operations: rounds.length * size.documents };
  },
});

/** The ceiling: SQLite itself, told of the same documents and index values by prepared statements. */
const committingRaw = (size: ReadStoreSize, rounds: readonly (readonly Written[])[]): Trial<Opened<Database>> => ({
  prepare: () => {
    const folder = makeFolder();
    const store = new BetterSqlite(join(folder, 'raw.db'));
    store.pragma('journal_mode = WAL');
    store.pragma('synchronous = NORMAL');
    store.exec('CREATE TABLE loans (key TEXT PRIMARY KEY, position TEXT, borrower TEXT, status TEXT, doc TEXT)');
    store.exec('CREATE INDEX by_borrower ON loans (borrower)');
    store.exec('CREATE INDEX by_status ON loans (status)');
    return { folder, store };
  },
  work: ({ store }) => {
    const upsert = store.prepare('INSERT OR REPLACE INTO loans VALUES (?, ?, ?, ?, ?)');
    const commit = store.transaction((written: readonly Written[]) => {
      for (const { key, loan, position } of written) {
        upsert.run(key, position, loan.borrower, loan.status, JSON.stringify(loan));
      }
    });
    for (const round of rounds) {
      for (let from = 0; from < round.length; from += size.batch) commit(round.slice(from, from + size.batch));
    }
    return { operations: rounds.length * size.documents };
  },
  digest: ({ store }) => {
    const rows = store.prepare<[], [string, string]>('SELECT key, doc FROM loans').raw().all();
    // What was written here is what is read.
    return digestOf(rows.map(([key, doc]) => lineOf(key, JSON.parse(doc) as Loan)));
  },
  dispose: ({ store, folder }) => {
    store.close();
    removeFolder(folder);
  },
});

const gettingMany = (size: ReadStoreSize, all: readonly Written[]): Trial<Opened<SqliteReadStore>> => ({
  ...storeTrial,
  prepare: () => storeWith(size, [all]),
  work: async ({ store }) => {
    let operations = 0;
    for (let from = 0; from < all.length; from += size.batch) {
      const keys = all.slice(from, from + size.batch).map(({ key }) => key);
      operations += (await store.getMany(LOANS, keys)).size;
    }
    return { operations };
  },
});

const querying = (size: ReadStoreSize, all: readonly Written[]): Trial<Opened<SqliteReadStore>> => ({
  ...storeTrial,
  prepare: () => storeWith(size, [all]),
  work: async ({ store }) => {
    let operations = 0;
    let after: string | undefined;
    do {
      const page = await store.query(LOANS, {
        index: 'byStatus',
        equals: ['active'],
        limit: size.page,
        ...(after === undefined ? {} : { after }),
      });
      operations += 1;
      after = page.next;
    } while (after !== undefined);
    return { operations };
  },
});

/** Documents with two indexes: written as a rebuild writes them, and read as a runner and a page read them. */
const benchReadStore = async (size: ReadStoreSize): Promise<readonly Figure[]> => {
  const first = roundOf(size, 0);
  const changes = Array.from({ length: size.changes }, (_, index) => roundOf(size, index + 1));
  const batches = `batches of ${size.batch}`;
  const ceiling = `raw SQLite, new and changed documents, ${batches}`;
  const unit = 'documents/s';
  return [
    await measure(ceiling, committingRaw(size, [first, ...changes]), { unit }),
    await measure(`new and changed documents, ${batches}`, committing(size, [], [first, ...changes]), {
      unit,
      ceiling,
    }),
    await measure(`new documents, ${batches}`, committing(size, [], [first]), { unit }),
    await measure(`changed documents, ${batches}`, committing(size, [first], changes), { unit }),
    await measure(`getMany, ${batches}`, gettingMany(size, first), { unit }),
    await measure(`query, pages of ${size.page}`, querying(size, first), { unit: 'pages/s' }),
  ];
};

export const readStore: Benchmark = {
  name: 'read-store',
  full: () => benchReadStore(FULL),
  tiny: () => benchReadStore(TINY),
};
