/** The outside that code may not reach for by itself: time, timers, chance. Tests and simulations bring their own. */

export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
}

export interface Timer {
  cancel(): void;
}

export interface Timers {
  /** Runs once after so many milliseconds, unless cancelled. */
  after(milliseconds: number, run: () => void): Timer;
}

export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export const systemTimers: Timers = {
  after: (milliseconds, run) => {
    const handle = setTimeout(run, milliseconds);
    return { cancel: () => clearTimeout(handle) };
  },
};

/** Resolves after so many milliseconds, or at once when the signal aborts. */
export const sleep = (timers: Timers, milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      signal?.removeEventListener('abort', done);
      timer.cancel();
      resolve();
    };
    const timer = timers.after(milliseconds, done);
    signal?.addEventListener('abort', done, { once: true });
  });
