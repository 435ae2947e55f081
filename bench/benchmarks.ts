import { eventStore } from './event-store';
import type { Benchmark } from './support';

/** Every claim that is measured. */
export const benchmarks: readonly Benchmark[] = [eventStore];
