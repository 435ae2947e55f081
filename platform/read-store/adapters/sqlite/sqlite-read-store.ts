import BetterSqlite, { type Database, type Statement } from 'better-sqlite3';
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
    }
  }

  async commit(batch: ReadBatch): Promise<void> {
    working(() =>
      this.#database
        .transaction(() => {
          for (const put of batch.puts) {
            const table = this.#table(put.collection);
            if (table === undefined) throw new ReadStoreError(`${put.collection} was not prepared`);
            table.write(put);
          }
          this.#advance.run(batch.reader, batch.checkpoint);
        })
        .immediate(),
    );
  }

  async checkpoint(reader: string): Promise<Position> {
    return working(() => this.#checkpointOf.get(reader) ?? START);
  }

  async drop(name: string): Promise<void> {
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
    working(() => this.#database.prepare('DELETE FROM checkpoints WHERE reader = ?').run(reader));
  }

  async collections(): Promise<readonly string[]> {
    return working(() =>
      this.#database.prepare<[], string>('SELECT name FROM collections ORDER BY name').pluck().all(),
    );
  }

  async close(): Promise<void> {
    this.#database.close();
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
