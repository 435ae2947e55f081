import { setTimeout as pause } from 'node:timers/promises';

/** Tries until it is as it should be; fails with what was last seen. */
export const until = async <T>(look: () => Promise<T>, good: (seen: T) => boolean, withinMs = 20_000): Promise<T> => {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (good(seen)) return seen;
    if (Date.now() > end) throw new Error(`never came: ${JSON.stringify(seen)}`);
    await pause(5);
  }
};
