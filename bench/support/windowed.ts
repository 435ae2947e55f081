import { performance } from 'node:perf_hooks';
import type { Done } from './measure';

/** Does jobs 0 … count-1, always so many of them in flight, and times each. */
export const windowed = async (
  count: number,
  inFlight: number,
  job: (index: number) => Promise<unknown>,
): Promise<Done> => {
  const latencies = new Float64Array(count);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const begun = performance.now();
      await job(index);
      latencies[index] = performance.now() - begun;
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, lane));
  return { operations: count, latencies };
};
