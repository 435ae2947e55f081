import type { Database, Statement } from 'better-sqlite3';

/** What a connection has prepared for each collection. Another connection may have made, or dropped, any of them. */
export class CollectionTables<Table> {
  readonly #known = new Map<string, Table>();
  readonly #indexesOf: Statement<[string], string>;

  constructor(
    database: Database,
    private readonly prepare: (name: string, indexes: readonly string[]) => Table,
  ) {
    this.#indexesOf = database.prepare<[string], string>('SELECT indexes FROM collections WHERE name = ?').pluck();
  }

  /** Undefined when there is no collection of this name. */
  get(name: string): Table | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const indexes = this.#indexesOf.get(name);
    if (indexes === undefined) return undefined;
    const table = this.prepare(name, indexes.split(' ').filter(Boolean));
    this.#known.set(name, table);
    return table;
  }

  /** Of a collection that is dropped: another of its name may have other indexes. */
  forget(name: string): void {
    this.#known.delete(name);
  }
}

export const tableName = (collection: string): string => `"docs ${collection}"`;
export const columnName = (index: string): string => `"by ${index}"`;
