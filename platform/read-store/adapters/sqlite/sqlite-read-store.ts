import { setImmediate } from 'node:timers';
import BetterSqlite, { type Database, type Statement, type Transaction } from 'better-sqlite3';
import { type Position, START } from '../../../event-store';
import { checkSameIndexes, indexNames } from '../../declaration';
import { queryPage, queryRange } from '../../query-page';
import {
  type CollectionSpec,
  type QueryOptions,
  type QueryPage,
  type ReadBatch,
  type ReadStore,
  ReadStoreError,
  type Versioned,
} from '../../read-store';
import { CollectionTable } from './collection-table';

const SCAN_PAGE = 500;

/** A shared transaction must not hold up the event loop for long. */
const GROUP_PUTS = 1_000;

interface Waiting {
  readonly batch: ReadBatch;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Documents in an SQLite file of their own. It is rebuildable, so a commit does not wait for the disk: after a power
 * cut the last ones may be missing, documents and checkpoint together, and are folded again.
 */
export class SqliteReadStore implements ReadStore {
  readonly #database: Database;
  readonly #tables = new Map<string, CollectionTable>();
  readonly #indexesOf: Statement<[string], string>;
  readonly #checkpointOf: Statement<[string], Position>;
  readonly #advance: Statement<[string, Position]>;
  readonly #writeAll: Transaction<(group: readonly Waiting[]) => void>;
  #waiting: Waiting[] = [];

  private constructor(database: Database) {
    this.#database = database;
    this.#indexesOf = database.prepare<[string], string>('SELECT indexes FROM collections WHERE name = ?').pluck();
    this.#checkpointOf = database
      .prepare<[string], Position>('SELECT position FROM checkpoints WHERE reader = ?')
      .pluck();
    this.#advance = database.prepare(
      `INSERT INTO checkpoints (reader, position) VALUES (?, ?)
       ON CONFLICT (reader) DO UPDATE SET position = excluded.position WHERE excluded.position > position`,
    );
    this.#writeAll = database.transaction((group: readonly Waiting[]) => {
      for (const { batch } of group) this.#write(batch);
    });
  }

  /** @throws ReadStoreError when the file cannot be opened. */
  static open(file: string): SqliteReadStore {
    let database: Database | undefined;
    try {
      database = new BetterSqlite(file, { timeout: 5_000 });
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      database.pragma('cache_size = -65536');
      // A rebuild writes the same pages again and again: copying them back to the file less often saves some of it.
      database.pragma('wal_autocheckpoint = 16000');
      database.pragma('journal_size_limit = 67108864');
      database.exec(`
        CREATE TABLE IF NOT EXISTS collections (name TEXT PRIMARY KEY, indexes TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS checkpoints (reader TEXT PRIMARY KEY, position TEXT NOT NULL) STRICT, WITHOUT ROWID;
      `);
      return new SqliteReadStore(database);
    } catch (error) {
      database?.close();
      throw new ReadStoreError(`${file} cannot be opened: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
  }

  async prepare(spec: CollectionSpec<never>): Promise<void> {
    const indexes = indexNames(spec);
    working(() =>
      this.#database
        .transaction(() => {
          const table = this.#table(spec.name);
          if (table !== undefined) return checkSameIndexes(spec, table.indexes);
          const insert = this.#database.prepare('INSERT INTO collections (name, indexes) VALUES (?, ?)');
          insert.run(spec.name, indexes.join(' '));
          CollectionTable.create(this.#database, spec.name, indexes);
        })
        .immediate(),
    );
  }

  async get<Doc extends object>(spec: CollectionSpec<Doc>, key: string): Promise<Versioned<Doc> | undefined> {
    return working(() => this.#table(spec.name)?.get<Doc>(key));
  }

  async getMany<Doc extends object>(
    spec: CollectionSpec<Doc>,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, Versioned<Doc>>> {
    return working(() => this.#table(spec.name)?.getMany<Doc>(keys) ?? new Map());
  }

  async query<Doc extends object>(spec: CollectionSpec<Doc>, options: QueryOptions): Promise<QueryPage<Doc>> {
    const range = queryRange(spec, options);
    const { index, order = 'ascending', limit } = options;
    return working(() => queryPage(this.#table(spec.name)?.query<Doc>(index, order, range, limit + 1) ?? [], limit));
  }

  async *scan<Doc extends object>(
    spec: CollectionSpec<Doc>,
  ): AsyncGenerator<readonly { key: string; value: Versioned<Doc> }[]> {
    let last: string | undefined = '';
    while (last !== undefined) {
      const after: string = last;
      const page = working(() => this.#table(spec.name)?.after<Doc>(after, SCAN_PAGE) ?? []);
      if (page.length > 0) yield page;
      last = page.length < SCAN_PAGE ? undefined : page.at(-1)?.key;
      if (last !== undefined) await breathe();
    }
  }

  /** What comes in one turn of the event loop shares one transaction: many readers follow the log at the same pace. */
  commit(batch: ReadBatch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#commitGroup());
    });
  }

  async checkpoint(reader: string): Promise<Position> {
    return working(() => this.#checkpointOf.get(reader) ?? START);
  }

  async drop(name: string): Promise<void> {
    this.#commitAll();
    working(() =>
      this.#database
        .transaction(() => {
          this.#database.prepare('DELETE FROM collections WHERE name = ?').run(name);
          this.#tables.delete(name);
          CollectionTable.drop(this.#database, name);
        })
        .immediate(),
    );
  }

  async forget(reader: string): Promise<void> {
    this.#commitAll();
    working(() => this.#database.prepare('DELETE FROM checkpoints WHERE reader = ?').run(reader));
  }

  async collections(): Promise<readonly string[]> {
    return working(() =>
      this.#database.prepare<[], string>('SELECT name FROM collections ORDER BY name').pluck().all(),
    );
  }

  async close(): Promise<void> {
    this.#commitAll();
    this.#database.close();
  }

  /** What was asked for before is done before. */
  #commitAll(): void {
    while (this.#waiting.length > 0) this.#commitGroup();
  }

  #commitGroup(): void {
    const group = this.#takeGroup();
    if (this.#waiting.length > 0) setImmediate(() => this.#commitGroup());
    if (group.length > 1 && this.#committed(group) === undefined) return;
    // One alone, or one of them cannot be written: each for itself, so that it fails alone.
    for (const one of group) {
      const failure = this.#committed([one]);
      if (failure) one.reject(failure.error);
    }
  }

  /** Undefined when they are all written and know it. */
  #committed(group: readonly Waiting[]): { readonly error: unknown } | undefined {
    try {
      working(() => this.#writeAll.immediate(group));
    } catch (error) {
      return { error };
    }
    for (const { resolve } of group) resolve();
    return undefined;
  }

  #takeGroup(): readonly Waiting[] {
    let size = 0;
    for (let puts = 0; size < this.#waiting.length && puts < GROUP_PUTS; size += 1) {
      puts += this.#waiting[size]?.batch.puts.length ?? 0;
    }
    return this.#waiting.splice(0, size);
  }

  #write({ reader, checkpoint, puts }: ReadBatch): void {
    for (const put of puts) {
      const table = this.#table(put.collection);
      if (table === undefined) throw new ReadStoreError(`${put.collection} was not prepared`);
      table.write(put);
    }
    this.#advance.run(reader, checkpoint);
  }

  #table(name: string): CollectionTable | undefined {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const indexes = this.#indexesOf.get(name);
    if (indexes === undefined) return undefined;
    const table = new CollectionTable(this.#database, name, indexes.split(' ').filter(Boolean));
    this.#tables.set(name, table);
    return table;
  }
}

/** Lets others work between two pages; a long read would otherwise hold up the whole process. */
const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Runs work on the database; what SQLite throws becomes the port's error. */
const working = <Result>(work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    if (error instanceof BetterSqlite.SqliteError)
      throw new ReadStoreError(`SQLite: ${error.message}`, { cause: error });
    throw error;
  }
};
