import { EventStoreError } from '../../event-store';

/**
 * What went wrong with a file, as the port's one error. SQLite's errors are told by their shape: the driver's class of
 * them is not one and the same everywhere in a process that loads the driver's module twice.
 */
export const failureOf = (file: string, what: string, error: unknown): EventStoreError =>
  error instanceof EventStoreError
    ? error
    : new EventStoreError(`${file}: ${what}: ${field(error, 'message') ?? String(error)}`, { cause: error });

/** Whether SQLite found the file locked by somebody else. */
export const isBusy = (error: unknown): boolean => field(error, 'code')?.startsWith('SQLITE_BUSY') ?? false;

const field = (error: unknown, name: 'code' | 'message'): string | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
};
