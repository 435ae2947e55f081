import BetterSqlite, { type Database } from 'better-sqlite3';
import { ReadStoreError } from '../../read-store';

/**
 * Opens the file as a read store. It is rebuildable, so a commit does not wait for the disk.
 *
 * @throws ReadStoreError when the file cannot be opened.
 */
export const openConnection = (file: string): Database => {
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
    return database;
  } catch (error) {
    database?.close();
    throw new ReadStoreError(`${file} cannot be opened: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
};

/** Runs work on the database; what SQLite throws becomes the port's error. */
export const working = <Result>(work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    if (error instanceof BetterSqlite.SqliteError)
      throw new ReadStoreError(`SQLite: ${error.message}`, { cause: error });
    throw error;
  }
};
