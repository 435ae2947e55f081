import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '../../../event-store';
import { columnName, tableName } from './collection-tables';

type Entry = string | null;

/** One document as it stands in its table: plain values, which another thread can be told of cheaply. */
export interface Row {
  readonly collection: string;
  readonly key: string;
  readonly position: Position;
  /** Null remembers the position of a deletion. */
  readonly doc: string | null;
  /** Where it stands in each index of its collection, in the order of these. */
  readonly entries: readonly Entry[];
}

/**
 * Writes the rows of one collection.
 *
 * Most puts change a document and not where it stands in its indexes, so the upsert covers just that: it leaves the
 * index columns alone and thereby their indexes. Only when it changes nothing does a second statement follow.
 */
export class CollectionRows {
  readonly #upsert: Statement<Entry[]>;
  readonly #move: Statement<Entry[]>;

  constructor(database: Database, name: string, indexes: readonly string[]) {
    const table = tableName(name);
    const columns = indexes.map(columnName);
    const each = (part: (column: string) => string): string => columns.map(part).join('');
    this.#upsert = database.prepare(
      `INSERT INTO ${table} (key, position, doc${each((column) => `, ${column}`)})
       VALUES (?, ?, ?${each(() => ', ?')})
       ON CONFLICT (key) DO UPDATE SET position = excluded.position, doc = excluded.doc
       WHERE excluded.position > position${each((column) => ` AND ${column} IS excluded.${column}`)}`,
    );
    this.#move = database.prepare(
      `UPDATE ${table} SET position = ?, doc = ?${each((column) => `, ${column} = ?`)} WHERE key = ? AND position < ?`,
    );
  }

  write({ key, position, doc, entries }: Row): void {
    if (this.#upsert.run(key, position, doc, ...entries).changes === 0) {
      this.#move.run(position, doc, ...entries, key, position);
    }
  }
}
