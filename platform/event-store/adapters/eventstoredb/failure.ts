import { EventStoreError } from '../../event-store';

/** Errors after which the same call would fail again. Anything else may pass, or has an outcome that is not known. */
const FINAL = new Set([
  'access-denied',
  'invalid-argument',
  'invalid-transaction',
  'maximum-append-size-exceeded',
  'missing-required-metadata-property',
  'stream-deleted',
  'unsupported',
]);

/** The client's errors are told by their shape: its classes need not be one and the same everywhere in a process. */
export const kindOf = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const type: unknown = Reflect.get(error, 'type');
  return typeof type === 'string' ? type : undefined;
};

export const isFinal = (error: unknown): boolean =>
  error instanceof EventStoreError || error instanceof RangeError || FINAL.has(kindOf(error) ?? '');

/** What went wrong, as the port's one error. */
export const failureOf = (what: string, error: unknown): Error => {
  if (error instanceof EventStoreError || error instanceof RangeError) return error;
  const reason = (error instanceof Error && error.message) || kindOf(error) || String(error);
  return new EventStoreError(`${what}: ${reason}`, { cause: error });
};
