/** A broken invariant: always a bug, never a user's mistake. It stops the work at hand with its context. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/**
 * Asserts an invariant. On in production: money is not moved on an assumption that failed. Where a fold asserts for
 * every event, the message is a function: one that works with amounts costs more to write than the check.
 */
export function assert(condition: boolean, message: string | (() => string)): asserts condition {
  if (!condition) throw new InvariantError(typeof message === 'string' ? message : message());
}

/** Ends an exhaustive switch: a new member of the union breaks the build here, and a stray value at run time throws. */
export const unreachable = (value: never): never => {
  throw new InvariantError(`unexpected value: ${JSON.stringify(value)}`);
};
