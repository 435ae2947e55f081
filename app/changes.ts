import type { Committed } from '../platform/processing';
import { sleep, type Timers } from '../platform/runtime';
import type { Changes } from '../read-api';

/** Wakes live views when the projections of this process have written the document that they show. */
export const changesOf = (onCommitted: (listener: (committed: Committed) => void) => void, timers: Timers): Changes => {
  const waiting = new Map<string, Set<() => void>>();
  onCommitted(({ projection, keys }) => {
    for (const key of keys) for (const wake of waiting.get(`${projection} ${key}`) ?? []) wake();
  });
  return {
    next: async (projection, key, withinMs, signal) => {
      const place = `${projection} ${key}`;
      const woken = new AbortController();
      const wake = (): void => woken.abort();
      const others = waiting.get(place) ?? new Set();
      others.add(wake);
      waiting.set(place, others);
      signal.addEventListener('abort', wake, { once: true });
      await sleep(timers, withinMs, woken.signal);
      signal.removeEventListener('abort', wake);
      others.delete(wake);
      if (others.size === 0) waiting.delete(place);
    },
  };
};

/** Without projections in this process: live views look by themselves. */
export const noChanges = (timers: Timers): Changes => ({
  next: (_projection, _key, withinMs, signal) => sleep(timers, withinMs, signal),
});
