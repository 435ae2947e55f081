export interface LinkedSignal {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  /** Lets go of the others. */
  release(): void;
}

/**
 * A signal that aborts with the first of some others. `AbortSignal.any` makes one too, but leaves a trace in every
 * signal it is given for as long as that lives, and some live as long as the process.
 */
export const linked = (signals: readonly AbortSignal[]): LinkedSignal => {
  const own = new AbortController();
  const links = signals.map((signal) => ({ signal, abort: () => own.abort(signal.reason) }));
  for (const { signal, abort } of links) {
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: own.signal,
    abort: (reason) => own.abort(reason),
    release: () => {
      for (const { signal, abort } of links) signal.removeEventListener('abort', abort);
    },
  };
};

/** Rejects with the signal's reason when it aborts; never resolves. */
export const abortion = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
