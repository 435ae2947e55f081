import Sqlite from 'better-sqlite3';
import type { Work } from './repayments';

type Row = [position: number, stream: string, revision: number, id: string, type: string, data: string, meta: string];

/** The least that could be called a durable log on SQLite: one table, one unique index, one prepared insert. */
export interface RawStore {
  /** One transaction, durable when it returns. */
  commit(group: readonly Work[]): void;
  /** Reads the whole log in pages of arrays; answers with how many rows there were. */
  scan(): number;
  rows(): readonly Row[];
  close(): void;
}

export const openRawStore = (file: string): RawStore => {
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
    type TEXT NOT NULL, data TEXT NOT NULL, meta TEXT NOT NULL, UNIQUE (stream, revision))`);
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, data, meta) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const page = database
    .prepare<[number], Row>('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT 200')
    .raw();
  return {
    commit: database.transaction((group: readonly Work[]) => {
      for (const { stream, revision, event } of group) {
        insert.run(stream, revision, event.id, event.type, event.data, event.meta);
      }
    }),
    scan: () => {
      let count = 0;
      let after = 0;
      for (;;) {
        const rows = page.all(after);
        const last = rows.at(-1);
        if (last === undefined) return count;
        count += rows.length;
        after = last[0];
      }
    },
    rows: () => database.prepare<[], Row>('SELECT * FROM events ORDER BY position').raw().all(),
    close: () => void database.close(),
  };
};
