/** The times of a lease, in milliseconds. */
export interface LeaseTerms {
  /** So long it lasts unless it is renewed: a holder that dies is succeeded within that. */
  readonly ttlMs: number;
  /** Renewed so often. */
  readonly renewMs: number;
  /**
   * So long before its end the holder is told that it is no longer sure: time for the work to come to rest, and room
   * for clocks that do not run alike.
   */
  readonly marginMs: number;
  /** Who waits, or could not reach the server, asks again so often. */
  readonly retryMs: number;
}

const DEFAULT_TTL_MS = 10_000;

/** The terms that go with a time to live: it takes more than one lost renewal to lose the lease. */
export const termsFor = (ttlMs: number = DEFAULT_TTL_MS): LeaseTerms => {
  if (!(ttlMs >= 100)) throw new RangeError(`a lease of ${ttlMs} ms cannot be renewed in time`);
  return { ttlMs, renewMs: ttlMs / 4, marginMs: ttlMs / 5, retryMs: Math.min(1_000, ttlMs / 10) };
};
