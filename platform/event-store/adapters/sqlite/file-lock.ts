import Sqlite from 'better-sqlite3';
import { EventStoreError } from '../../event-store';
import { isBusy } from './failure';

/** Long enough for two processes that start together to sort out who is first, and for a killed one to be gone. */
const PATIENCE_MS = 250;

export interface FileLock {
  release(): void;
}

/**
 * Makes this process the only one that has the event store open. The lock is the operating system's, held by SQLite
 * on an empty file beside the store; it ends with the process however the process ends. It lies on a file of its own
 * so that tools may still read the store (a backup while it runs).
 */
export const lockFile = (file: string): FileLock => {
  const lock = new Sqlite(`${file}.lock`, { timeout: PATIENCE_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new EventStoreError(`${file}: another process has this event store open`, { cause: error });
  }
  return { release: () => lock.close() };
};
