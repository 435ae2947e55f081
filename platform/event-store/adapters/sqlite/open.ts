import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openConnection } from './connection';
import { failureOf } from './failure';
import { lockFile } from './file-lock';
import { SqliteEventStore, type SqliteEventStoreOptions } from './sqlite-event-store';

/**
 * Opens the event store in this file, and makes the file and its folder if they are not there. Throws
 * an `EventStoreError` if another process has it open, if it is not an event store, or if it would not be durable.
 */
export const openSqliteEventStore = (path: string, options: SqliteEventStoreOptions = {}): SqliteEventStore => {
  try {
    const file = trueName(path);
    const lock = lockFile(file);
    try {
      return new SqliteEventStore(openConnection(file), () => lock.release(), options);
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw failureOf(path, 'cannot be opened as an event store', error);
  }
};

/** One file has one lock, by whatever links it is reached. */
const trueName = (path: string): string => {
  if (existsSync(path)) return realpathSync(path);
  mkdirSync(dirname(path), { recursive: true });
  return join(realpathSync(dirname(path)), basename(path));
};
