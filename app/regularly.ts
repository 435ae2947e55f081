import type { Led } from '../platform/lease';
import type { Timer, Timers } from '../platform/runtime';

/**
 * Looks now, and again so long after each look has ended, until it is stopped: then the look under way is told so, and
 * waited for.
 */
export const regularly = (timers: Timers, everyMs: number, look: (signal: AbortSignal) => Promise<void>): Led => {
  let timer: Timer | undefined;
  let ending = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const tick = (): void => {
    running = look(ending.signal).then(() => {
      if (timer) timer = timers.after(everyMs, tick);
    });
  };
  return {
    start: async () => {
      ending = new AbortController();
      timer = timers.after(0, tick);
    },
    stop: async () => {
      timer?.cancel();
      timer = undefined;
      ending.abort();
      await running;
    },
  };
};
