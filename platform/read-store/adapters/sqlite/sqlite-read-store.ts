import { setImmediate } from 'node:timers';
import type { Database, Statement } from 'better-sqlite3';
import { type Position, START } from '../../../event-store';
import { checkSameIndexes, indexNames } from '../../declaration';
import { documentText } from '../../document-text';
import { queryPage, queryRange } from '../../query-page';
import {
  type CollectionSpec,
  type Put,
  type QueryOptions,
  type QueryPage,
  type ReadBatch,
  type ReadStore,
  ReadStoreError,
  type Versioned,
} from '../../read-store';
import type { Row } from './collection-rows';
import { CollectionTable } from './collection-table';
import { CollectionTables } from './collection-tables';
import { openConnection, working } from './connection';
import { RowThread, type ThreadProgram } from './row-thread';
import { type RowBatch, RowWriter, type RowWriting } from './row-writer';

const SCAN_PAGE = 500;

/** A shared transaction must not hold up the event loop for long. */
const GROUP_PUTS = 1_000;

interface Waiting {
  readonly batch: RowBatch;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface SqliteReadStoreOptions {
  /** A thread that does the writing, so that it takes no turn of the event loop. Default: none, it is done here. */
  readonly thread?: ThreadProgram | undefined;
}

/**
 * Documents in an SQLite file of their own. It is rebuildable, so a commit does not wait for the disk: after a power
 * cut the last ones may be missing, documents and checkpoint together, and are folded again.
 */
export class SqliteReadStore implements ReadStore {
  readonly #database: Database;
  readonly #tables: CollectionTables<CollectionTable>;
  readonly #checkpointOf: Statement<[string], Position>;
  readonly #writer: RowWriting;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  private constructor(database: Database, writer: RowWriting) {
    this.#database = database;
    this.#writer = writer;
    this.#tables = new CollectionTables(database, (name, indexes) => new CollectionTable(database, name, indexes));
    this.#checkpointOf = database
      .prepare<[string], Position>('SELECT position FROM checkpoints WHERE reader = ?')
      .pluck();
  }

  /** @throws ReadStoreError when the file cannot be opened. */
  static open(file: string, { thread }: SqliteReadStoreOptions = {}): SqliteReadStore {
    const database = openConnection(file);
    return new SqliteReadStore(database, thread ? new RowThread(file, thread) : new RowWriter(database));
  }

  async prepare(spec: CollectionSpec<never>): Promise<void> {
    const indexes = indexNames(spec);
    working(() =>
      this.#database
        .transaction(() => {
          const table = this.#tables.get(spec.name);
          if (table !== undefined) return checkSameIndexes(spec, table.indexes);
          const insert = this.#database.prepare('INSERT INTO collections (name, indexes) VALUES (?, ?)');
          insert.run(spec.name, indexes.join(' '));
          CollectionTable.create(this.#database, spec.name, indexes);
        })
        .immediate(),
    );
  }

  async get<Doc extends object>(spec: CollectionSpec<Doc>, key: string): Promise<Versioned<Doc> | undefined> {
    return working(() => this.#tables.get(spec.name)?.get<Doc>(key));
  }

  async getMany<Doc extends object>(
    spec: CollectionSpec<Doc>,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, Versioned<Doc>>> {
    return working(() => this.#tables.get(spec.name)?.getMany<Doc>(keys) ?? new Map());
  }

  async query<Doc extends object>(spec: CollectionSpec<Doc>, options: QueryOptions): Promise<QueryPage<Doc>> {
    const range = queryRange(spec, options);
    const { index, order = 'ascending', limit } = options;
    return working(() =>
      queryPage(this.#tables.get(spec.name)?.query<Doc>(index, order, range, limit + 1) ?? [], limit),
    );
  }

  async *scan<Doc extends object>(
    spec: CollectionSpec<Doc>,
  ): AsyncGenerator<readonly { key: string; value: Versioned<Doc> }[]> {
    let last: string | undefined = '';
    while (last !== undefined) {
      const after: string = last;
      const page = working(() => this.#tables.get(spec.name)?.after<Doc>(after, SCAN_PAGE) ?? []);
      if (page.length > 0) yield page;
      last = page.length < SCAN_PAGE ? undefined : page.at(-1)?.key;
      if (last !== undefined) await breathe();
    }
  }

  /** What comes in one turn of the event loop shares one transaction: many readers follow the log at the same pace. */
  async commit(batch: ReadBatch): Promise<void> {
    const rows = working(() => this.#rowsOf(batch));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch: rows, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async checkpoint(reader: string): Promise<Position> {
    return working(() => this.#checkpointOf.get(reader) ?? START);
  }

  async drop(name: string): Promise<void> {
    await this.#writing;
    working(() =>
      this.#database
        .transaction(() => {
          this.#database.prepare('DELETE FROM collections WHERE name = ?').run(name);
          CollectionTable.drop(this.#database, name);
        })
        .immediate(),
    );
    this.#tables.forget(name);
    this.#writer.forget(name);
  }

  async forget(reader: string): Promise<void> {
    await this.#writing;
    working(() => this.#database.prepare('DELETE FROM checkpoints WHERE reader = ?').run(reader));
  }

  async collections(): Promise<readonly string[]> {
    return working(() =>
      this.#database.prepare<[], string>('SELECT name FROM collections ORDER BY name').pluck().all(),
    );
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#writer.close();
    this.#database.close();
  }

  /** Writes what waits, and what comes to wait meanwhile, group by group. */
  async #writeAll(): Promise<void> {
    await breathe();
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup();
      try {
        const outcomes = await this.#writer.write(group.map(({ batch }) => batch));
        group.forEach(({ resolve, reject }, nth) => {
          const failure = outcomes[nth];
          if (failure === undefined) resolve();
          else reject(new ReadStoreError(failure.message));
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
      if (this.#waiting.length > 0) await breathe();
    }
    this.#writing = undefined;
  }

  #takeGroup(): readonly Waiting[] {
    let size = 0;
    for (let puts = 0; size < this.#waiting.length && puts < GROUP_PUTS; size += 1) {
      puts += this.#waiting[size]?.batch.rows.length ?? 0;
    }
    return this.#waiting.splice(0, size);
  }

  #rowsOf({ reader, checkpoint, puts }: ReadBatch): RowBatch {
    return { reader, checkpoint, rows: puts.map((put) => this.#rowOf(put)) };
  }

  #rowOf({ collection, key, position, doc, entries }: Put): Row {
    const table = this.#tables.get(collection);
    if (table === undefined) throw new ReadStoreError(`${collection} was not prepared`);
    return {
      collection,
      key,
      position,
      doc: doc === undefined ? null : documentText(doc),
      entries: table.indexes.map((index) => entries[index] ?? null),
    };
  }
}

/** Lets others work between two pages; a long read would otherwise hold up the whole process. */
const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
