/** A broken invariant: always a bug, never a user's mistake. It stops the work at hand with its context. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Asserts an invariant. On in production: money is not moved on an assumption that failed. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Ends an exhaustive switch: a new member of the union breaks the build here, and a stray value at run time throws. */
export const unreachable = (value: never): never => {
  throw new InvariantError(`unexpected value: ${JSON.stringify(value)}`);
};
