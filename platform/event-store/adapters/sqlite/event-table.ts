import type { Database, Statement } from 'better-sqlite3';
import type { NewEvent, StoredEvent, StreamName } from '../../event-store';
import { positionOf } from '../in-process';
import type { StreamHead } from './stream-heads';

/** One event as SQLite hands it over. The table is STRICT, so these are the types there are. */
type Row = [position: number, stream: string, revision: number, id: string, type: string, data: string, meta: string];

/**
 * Without the sign, SQLite's planner wants to know the number, and prepares the statement again whenever one is bound:
 * that costs several times what most of these reads do.
 */
const LIMIT = 'LIMIT +?';

const COLUMNS = 'position, stream, revision, id, type, data, meta';

// Taken apart by index: this runs for every event of every scan, and destructuring would cost a tenth of it.
const eventOf = (row: Row): StoredEvent => ({
  id: row[3],
  type: row[4],
  data: row[5],
  meta: row[6],
  stream: row[1],
  revision: BigInt(row[2]),
  position: positionOf(row[0]),
});

/** The text that sorts right behind every text that starts with "<category>-". */
const behind = (category: string): string => `${category}.`;

/** The statements over the two tables, and nothing else: no caching, no deciding, no transactions. */
export class EventTable {
  readonly #insert: Statement<[number, number, number, string, string, string, string, string]>;
  readonly #insertStream: Statement<[string, number]>;
  readonly #head: Statement<[string], [number, number]>;
  readonly #ids: Statement<[number, number, number], string>;
  readonly #positionAt: Statement<[number, number], number>;
  readonly #revisionOf: Statement<[number, string], number>;
  readonly #forwards: Statement<[number, number, number], Row>;
  readonly #backwards: Statement<[number, number, number], Row>;
  readonly #all: Statement<[number, number], Row>;
  /** By number of categories. */
  readonly #filtered = new Map<number, Statement<unknown[], Row>>();

  constructor(private readonly database: Database) {
    const ofStream = `SELECT ${COLUMNS} FROM events WHERE key = ?`;
    this.#insert = database.prepare(
      'INSERT INTO events (position, key, revision, stream, id, type, data, meta) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#insertStream = database.prepare('INSERT INTO streams (name, key) VALUES (?, ?)');
    this.#head = database
      .prepare<[string], [number, number]>(
        'SELECT key, (SELECT max(revision) FROM events WHERE events.key = streams.key) FROM streams WHERE name = ?',
      )
      .raw();
    this.#ids = database
      .prepare<[number, number, number], string>(
        'SELECT id FROM events WHERE key = ? AND revision BETWEEN ? AND ? ORDER BY revision',
      )
      .pluck();
    this.#positionAt = database
      .prepare<[number, number], number>('SELECT position FROM events WHERE key = ? AND revision = ?')
      .pluck();
    this.#revisionOf = database
      .prepare<[number, string], number>('SELECT revision FROM events WHERE key = ? AND id = ?')
      .pluck();
    this.#forwards = database
      .prepare<[number, number, number], Row>(`${ofStream} AND revision >= ? ORDER BY revision ${LIMIT}`)
      .raw();
    this.#backwards = database
      .prepare<[number, number, number], Row>(`${ofStream} AND revision <= ? ORDER BY revision DESC ${LIMIT}`)
      .raw();
    this.#all = database
      .prepare<[number, number], Row>(`SELECT ${COLUMNS} FROM events WHERE position > ? ORDER BY position ${LIMIT}`)
      .raw();
  }

  lastPosition(): number {
    return this.database.prepare<[], number>('SELECT coalesce(max(position), 0) FROM events').pluck().get() ?? 0;
  }

  head(stream: StreamName): StreamHead | undefined {
    const row = this.#head.get(stream);
    return row && { key: row[0], last: row[1] };
  }

  addStream(stream: StreamName, key: number): void {
    this.#insertStream.run(stream, key);
  }

  add(position: number, key: number, revision: number, stream: StreamName, event: NewEvent): void {
    this.#insert.run(position, key, revision, stream, event.id, event.type, event.data, event.meta);
  }

  idsBetween(key: number, first: number, last: number): readonly string[] {
    return this.#ids.all(key, first, last);
  }

  positionAt(key: number, revision: number): number | undefined {
    return this.#positionAt.get(key, revision);
  }

  revisionOf(key: number, id: string): number | undefined {
    return this.#revisionOf.get(key, id);
  }

  forwards(key: number, from: number, count: number): readonly StoredEvent[] {
    return this.#forwards.all(key, from, count).map(eventOf);
  }

  backwards(key: number, from: number, count: number): readonly StoredEvent[] {
    return this.#backwards.all(key, from, count).map(eventOf);
  }

  /** Events behind a position, at most so many. */
  after(position: number, count: number): readonly StoredEvent[] {
    return this.#all.all(position, count).map(eventOf);
  }

  /** Events of some categories behind a position and up to another one (inclusive), at most so many. */
  ofCategories(categories: readonly string[], after: number, upTo: number, count: number): readonly StoredEvent[] {
    const names = categories.flatMap((category) => [category, `${category}-`, behind(category)]);
    return this.#filter(categories.length)
      .all(after, upTo, ...names, count)
      .map(eventOf);
  }

  #filter(categories: number): Statement<unknown[], Row> {
    const known = this.#filtered.get(categories);
    if (known) return known;
    const filter = Array(categories).fill('stream = ? OR (stream >= ? AND stream < ?)').join(' OR ');
    const statement = this.database
      .prepare<unknown[], Row>(
        `SELECT ${COLUMNS} FROM events WHERE position > ? AND position <= ? AND (${filter || 'FALSE'})
         ORDER BY position ${LIMIT}`,
      )
      .raw();
    this.#filtered.set(categories, statement);
    return statement;
  }
}
