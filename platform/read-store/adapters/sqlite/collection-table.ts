import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '../../../event-store';
import { documentOf } from '../../document-text';
import type { EntryRange } from '../../index-entry';
import type { QueryRow } from '../../query-page';
import type { Versioned } from '../../read-store';
import { columnName, tableName } from './collection-tables';

type DocumentRow = [key: string, position: Position, doc: string];

/** Without the sign, SQLite's planner wants to know the number, and prepares the statement again for each one. */
const LIMIT = 'LIMIT +?';

/**
 * Reads the table of one collection: a row a document, its index entries as columns with an index each. A row whose
 * document is null remembers the position of a deletion.
 */
export class CollectionTable {
  readonly indexes: readonly string[];
  readonly #get: Statement<[string], DocumentRow>;
  readonly #getMany: Statement<[string], DocumentRow>;
  readonly #after: Statement<[string, number], DocumentRow>;
  readonly #queries = new Map<string, Statement<[string, string, number], [...DocumentRow, entry: string]>>();

  constructor(database: Database, name: string, indexes: readonly string[]) {
    const table = tableName(name);
    const documents = `SELECT key, position, doc FROM ${table} WHERE doc IS NOT NULL AND key`;
    this.indexes = indexes;
    this.#get = database.prepare<[string], DocumentRow>(`${documents} = ?`).raw();
    this.#getMany = database.prepare<[string], DocumentRow>(`${documents} IN (SELECT value FROM json_each(?))`).raw();
    this.#after = database.prepare<[string, number], DocumentRow>(`${documents} > ? ORDER BY key ${LIMIT}`).raw();
    for (const index of indexes) {
      const column = columnName(index);
      for (const order of ['ascending', 'descending'] as const) {
        const query = database.prepare<[string, string, number], [...DocumentRow, entry: string]>(
          `SELECT key, position, doc, ${column} FROM ${table} WHERE ${column} >= ? AND ${column} < ?
           ORDER BY ${column} ${order === 'ascending' ? 'ASC' : 'DESC'} ${LIMIT}`,
        );
        this.#queries.set(`${index} ${order}`, query.raw());
      }
    }
  }

  static create(database: Database, name: string, indexes: readonly string[]): void {
    const table = tableName(name);
    const columns = indexes.map((index) => `, ${columnName(index)} TEXT`).join('');
    // The document comes last: long ones overflow the page, and an entry behind one would be slow to reach.
    database.exec(`CREATE TABLE ${table} (key TEXT PRIMARY KEY, position TEXT NOT NULL${columns}, doc TEXT) STRICT`);
    for (const index of indexes) {
      const column = columnName(index);
      database.exec(`CREATE INDEX "${name} by ${index}" ON ${table} (${column}) WHERE ${column} IS NOT NULL`);
    }
  }

  static drop(database: Database, name: string): void {
    database.exec(`DROP TABLE IF EXISTS ${tableName(name)}`);
  }

  get<Doc extends object>(key: string): Versioned<Doc> | undefined {
    const row = this.#get.get(key);
    return row === undefined ? undefined : versioned<Doc>(row);
  }

  getMany<Doc extends object>(keys: readonly string[]): Map<string, Versioned<Doc>> {
    const rows = this.#getMany.all(JSON.stringify(keys));
    return new Map(rows.map((row) => [row[0], versioned<Doc>(row)]));
  }

  /** The next documents in key order. */
  after<Doc extends object>(key: string, limit: number): { key: string; value: Versioned<Doc> }[] {
    return this.#after.all(key, limit).map((row) => ({ key: row[0], value: versioned<Doc>(row) }));
  }

  query<Doc extends object>(
    index: string,
    order: 'ascending' | 'descending',
    { from, below }: EntryRange,
    limit: number,
  ): QueryRow<Doc>[] {
    const rows = this.#queries.get(`${index} ${order}`)?.all(from, below, limit) ?? [];
    return rows.map(([key, position, doc, entry]) => ({ key, doc: documentOf<Doc>(doc), position, entry }));
  }
}

const versioned = <Doc extends object>([, position, doc]: DocumentRow): Versioned<Doc> => ({
  doc: documentOf<Doc>(doc),
  position,
});
