/** What the runners tell whoever counts and logs. Called often: be quick, never throw. */
export interface ProcessingObserver {
  /** A projection's documents and checkpoint were written. */
  committed(of: { readonly reader: string; readonly events: number; readonly documents: number }): void;
  /** A saga is through with an event or a deadline. */
  handled(of: { readonly saga: string; readonly cause: 'event' | 'deadline'; readonly attempts: number }): void;
  /** An attempt failed and another will follow. */
  retried(of: { readonly saga: string; readonly key: string; readonly attempt: number; readonly error: unknown }): void;
  /** Put aside with its reason, until an operator retries or skips it (a saga) or rebuilds (a projection). */
  parked(of: { readonly reader: string; readonly key: string; readonly id: string; readonly reason: string }): void;
  /** A backing service failed; the work is repeated until it succeeds. */
  failed(of: { readonly reader: string; readonly doing: string; readonly error: unknown }): void;
}

export const silentObserver: ProcessingObserver = {
  committed: () => undefined,
  handled: () => undefined,
  retried: () => undefined,
  parked: () => undefined,
  failed: () => undefined,
};

/** An error in one bounded line: what a parked event shows to operators. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replaceAll('\n', ' ').slice(0, 500);
