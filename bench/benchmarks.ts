import { apr } from './apr';
import { closing } from './closing';
import { commands } from './commands';
import { decisions } from './decisions';
import { engine } from './engine';
import { eventStore } from './event-store';
import { intake } from './intake';
import { readStore } from './read-store';
import { rebuild } from './rebuild';
import { reconciliation } from './reconciliation';
import { replay } from './replay';
import { schedules } from './schedules';
import { scoringModels } from './scoring';
import type { Benchmark } from './support';

/** Every claim that is measured. */
export const benchmarks: readonly Benchmark[] = [
  eventStore,
  commands,
  intake,
  decisions,
  replay,
  rebuild,
  readStore,
  apr,
  schedules,
  reconciliation,
  closing,
  scoringModels,
  engine,
];
