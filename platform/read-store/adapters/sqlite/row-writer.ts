import type { Database, Statement, Transaction } from 'better-sqlite3';
import type { Position } from '../../../event-store';
import { ReadStoreError } from '../../read-store';
import { CollectionRows, type Row } from './collection-rows';
import { CollectionTables } from './collection-tables';
import { working } from './connection';

/** A batch as it is written. */
export interface RowBatch {
  readonly reader: string;
  readonly checkpoint: Position;
  readonly rows: readonly Row[];
}

/** What became of a batch: undefined when it is written. */
export type Outcome = { readonly message: string } | undefined;

/** Writes groups of batches. A group shares a transaction, but for a batch that cannot be written. */
export interface RowWriting {
  /** What became of each. */
  write(group: readonly RowBatch[]): Promise<readonly Outcome[]>;
  /** A collection of this name is gone. */
  forget(collection: string): void;
  close(): Promise<void>;
}

/** Writes on a connection of its own or of others, in the thread that asks for it. */
export class RowWriter implements RowWriting {
  readonly #tables: CollectionTables<CollectionRows>;
  readonly #advance: Statement<[string, Position]>;
  readonly #writeAll: Transaction<(group: readonly RowBatch[]) => void>;

  constructor(database: Database) {
    this.#tables = new CollectionTables(database, (name, indexes) => new CollectionRows(database, name, indexes));
    this.#advance = database.prepare(
      `INSERT INTO checkpoints (reader, position) VALUES (?, ?)
       ON CONFLICT (reader) DO UPDATE SET position = excluded.position WHERE excluded.position > position`,
    );
    this.#writeAll = database.transaction((group: readonly RowBatch[]) => {
      for (const batch of group) this.#writeOne(batch);
    });
  }

  async write(group: readonly RowBatch[]): Promise<readonly Outcome[]> {
    if (group.length > 1 && this.#committed(group) === undefined) return group.map(() => undefined);
    // One alone, or one of them cannot be written: each for itself, so that it fails alone.
    return group.map((one) => this.#committed([one]));
  }

  forget(collection: string): void {
    this.#tables.forget(collection);
  }

  async close(): Promise<void> {}

  #committed(group: readonly RowBatch[]): Outcome {
    try {
      working(() => this.#writeAll.immediate(group));
      return undefined;
    } catch (error) {
      if (error instanceof ReadStoreError) return { message: error.message };
      throw error;
    }
  }

  #writeOne({ reader, checkpoint, rows }: RowBatch): void {
    for (const row of rows) {
      const table = this.#tables.get(row.collection);
      if (table === undefined) throw new ReadStoreError(`${row.collection} was not prepared`);
      table.write(row);
    }
    this.#advance.run(reader, checkpoint);
  }
}
