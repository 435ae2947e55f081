import { sleep, type Timers } from '../runtime';

/** How long to wait before trying again: twice as long each time, up to a bound. */
export interface Backoff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** @param failures how often it has failed so far, from 1 */
export const delayAfter = ({ firstMs, mostMs }: Backoff, failures: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));

const SERVICE_BACKOFF: Backoff = { firstMs: 50, mostMs: 5_000 };

/**
 * Work on a backing service that must succeed some time: repeated until it does, for as long as the signal allows.
 * Undefined: the signal aborted before it did.
 */
export const untilDone = async <T>(
  work: () => Promise<T>,
  { timers, signal, failed }: { timers: Timers; signal: AbortSignal; failed: (error: unknown) => void },
): Promise<{ readonly value: T } | undefined> => {
  for (let failures = 1; ; failures += 1) {
    try {
      return { value: await work() };
    } catch (error) {
      failed(error);
      if (signal.aborted) return undefined;
      await sleep(timers, delayAfter(SERVICE_BACKOFF, failures), signal);
    }
  }
};
