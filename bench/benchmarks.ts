import { commands } from './commands';
import { eventStore } from './event-store';
import { readStore } from './read-store';
import type { Benchmark } from './support';

/** Every claim that is measured. */
export const benchmarks: readonly Benchmark[] = [eventStore, commands, readStore];
