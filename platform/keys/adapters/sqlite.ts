import Database from 'better-sqlite3';
import { type KeyOfSubject, type KeyStore, KeyStoreError, type StoredKey } from '../key-store';

/**
 * Rows are only ever appended and overwritten in place, never deleted or moved: so the page that a key was written to
 * is the only one that ever holds it, and overwriting it there is the end of it. The indexes hold no key bytes.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS data_key (
    number INTEGER PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL UNIQUE,
    wrapped TEXT NOT NULL,
    destroyed INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS pinned (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

const BUSY_TIMEOUT_MS = 5_000;
const PAGE = 500;
const SYNCHRONOUS_FULL = 2;

interface KeyRow extends StoredKey {
  readonly number: number;
  readonly destroyed: 0 | 1;
}

interface Waiting {
  readonly candidate: StoredKey;
  readonly resolve: (kept: StoredKey | 'destroyed') => void;
  readonly reject: (error: unknown) => void;
}

const known = ({ id, subject, wrapped, destroyed }: KeyRow): StoredKey | 'destroyed' =>
  destroyed ? 'destroyed' : { id, subject, wrapped };

/** Keys in a SQLite file of their own (`keys.db`), apart from the log: its copies and backups live shorter lives. */
export class SqliteKeyStore implements KeyStore {
  readonly #db: Database.Database;
  readonly #statements: Statements;
  #waiting: Waiting[] = [];

  constructor(path: string) {
    this.#db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.pragma('secure_delete = ON');
    const setting = (name: string): unknown => this.#db.pragma(name, { simple: true });
    if (setting('synchronous') !== SYNCHRONOUS_FULL || setting('secure_delete') !== 1) {
      throw new KeyStoreError(`${path}: synchronous=FULL and secure_delete=ON could not be set`);
    }
    this.#db.exec(SCHEMA);
    this.#statements = prepare(this.#db);
    // A crash may have come between a destruction and the emptying of the log.
    this.#emptyWriteAheadLog();
  }

  async ofSubject(subject: string): Promise<KeyOfSubject> {
    const row = this.#statements.ofSubject.get(subject);
    return row && known(row);
  }

  async byId(id: string): Promise<StoredKey | undefined> {
    const row = this.#statements.byId.get(id);
    const key = row && known(row);
    return key === 'destroyed' ? undefined : key;
  }

  /** New keys of one turn of the event loop share one durable commit. */
  keep(candidate: StoredKey): Promise<StoredKey | 'destroyed'> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ candidate, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  async destroy(subject: string): Promise<void> {
    const write = this.#db.transaction(() => {
      const row = this.#statements.ofSubject.get(subject);
      // Same length: the record stays where it is and its bytes are overwritten.
      if (row) this.#statements.overwrite.run('x'.repeat(row.wrapped.length), subject);
      else this.#statements.bury.run(subject, `never:${subject}`);
    });
    write.immediate();
    this.#emptyWriteAheadLog();
  }

  async *all(): AsyncIterable<StoredKey> {
    for (let after = 0; ; ) {
      const rows = this.#statements.after.all(after, PAGE);
      for (const { id, subject, wrapped } of rows) yield { id, subject, wrapped };
      const last = rows.at(-1);
      if (!last) return;
      after = last.number;
    }
  }

  async rewrap(key: StoredKey, wrapped: string): Promise<boolean> {
    return this.#statements.rewrap.run(wrapped, key.id, key.wrapped).changes === 1;
  }

  async pin(name: string, value: string): Promise<string> {
    this.#statements.pin.run(name, value);
    return this.#statements.pinned.get(name)?.value ?? value;
  }

  async close(): Promise<void> {
    this.#flush();
    this.#db.close();
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    try {
      const keepAll = this.#db.transaction(() => batch.map(({ candidate }) => this.#keepOne(candidate)));
      const kept = keepAll.immediate();
      batch.forEach(({ resolve, candidate }, index) => {
        resolve(kept[index] ?? candidate);
      });
    } catch (cause) {
      const error = new KeyStoreError('data keys could not be written', { cause });
      for (const { reject } of batch) reject(error);
    }
  }

  #keepOne(candidate: StoredKey): StoredKey | 'destroyed' {
    const { subject, id, wrapped } = candidate;
    if (this.#statements.insert.run(subject, id, wrapped).changes === 1) return candidate;
    const row = this.#statements.ofSubject.get(subject);
    return row ? known(row) : candidate;
  }

  /** The write-ahead log still holds the page as it was: it is copied into the file and cut to nothing. */
  #emptyWriteAheadLog(): void {
    const busy = this.#db.pragma('wal_checkpoint(TRUNCATE)', { simple: true });
    if (busy !== 0) throw new KeyStoreError('a key is destroyed, but the write-ahead log is in use and still holds it');
  }
}

interface Statements {
  readonly ofSubject: Database.Statement<[string], KeyRow>;
  readonly byId: Database.Statement<[string], KeyRow>;
  readonly insert: Database.Statement<[string, string, string]>;
  readonly overwrite: Database.Statement<[string, string]>;
  readonly bury: Database.Statement<[string, string]>;
  readonly after: Database.Statement<[number, number], KeyRow>;
  readonly rewrap: Database.Statement<[string, string, string]>;
  readonly pin: Database.Statement<[string, string]>;
  readonly pinned: Database.Statement<[string], { readonly value: string }>;
}

const prepare = (db: Database.Database): Statements => ({
  ofSubject: db.prepare('SELECT * FROM data_key WHERE subject = ?'),
  byId: db.prepare('SELECT * FROM data_key WHERE id = ?'),
  insert: db.prepare('INSERT INTO data_key (subject, id, wrapped) VALUES (?, ?, ?) ON CONFLICT (subject) DO NOTHING'),
  overwrite: db.prepare('UPDATE data_key SET wrapped = ?, destroyed = 1 WHERE subject = ?'),
  bury: db.prepare("INSERT INTO data_key (subject, id, wrapped, destroyed) VALUES (?, ?, '', 1)"),
  after: db.prepare('SELECT * FROM data_key WHERE number > ? AND destroyed = 0 ORDER BY number LIMIT ?'),
  rewrap: db.prepare('UPDATE data_key SET wrapped = ? WHERE id = ? AND wrapped = ? AND destroyed = 0'),
  pin: db.prepare('INSERT INTO pinned (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING'),
  pinned: db.prepare('SELECT value FROM pinned WHERE name = ?'),
});
