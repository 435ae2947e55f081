import { join } from 'node:path';
import type { DomainEvent } from '../domain/events';
import { LogFeed, ProjectionRunner } from '../platform/processing';
import { SqliteReadStore } from '../platform/read-store/adapters/sqlite';
import { systemClock, systemTimers } from '../platform/runtime';
import { projections } from '../projections';
import { type Desk, openDesk } from './desk';
import { withHistory } from './history';
import { handClock } from './lives';
import { scanning } from './replay';
import {
  type Benchmark,
  compare,
  contestant,
  digestOf,
  type Figure,
  makeFolder,
  removeFolder,
  type Trial,
} from './support';

interface RebuildSize {
  readonly lives: number;
  readonly rounds: number;
}

const FULL: RebuildSize = { lives: 2_000, rounds: 3 };
const TINY: RebuildSize = { lives: 8, rounds: 1 };

const TARGET = 60_000;

type AnyHouseProjection = (typeof projections)[keyof typeof projections];

interface Rebuild {
  readonly desk: Desk;
  readonly folder: string;
  readonly reads: SqliteReadStore;
  readonly runner: ProjectionRunner<DomainEvent>;
}

/** Read models that are not there yet, made from the log: what a new version or an emptied store takes. */
const building = (history: string, which: readonly AnyHouseProjection[]): Trial<Rebuild> => ({
  prepare: async () => {
    const desk = await openDesk(history, handClock());
    const folder = makeFolder();
    const reads = SqliteReadStore.open(join(folder, 'reads.db'));
    const runner = new ProjectionRunner<DomainEvent>({
      projections: which,
      feed: new LogFeed(desk.log, { timers: systemTimers }),
      store: reads,
      clock: systemClock,
      timers: systemTimers,
    });
    return { desk, folder, reads, runner };
  },
  work: async ({ desk, runner }) => {
    await runner.start();
    await runner.idle();
    return { operations: Number(await desk.log.head()) };
  },
  digest: async ({ reads }) => {
    const lines: string[] = [];
    for (const { name, version } of which) {
      for await (const page of reads.scan({ name: `${name}@${version}`, indexes: {} })) {
        for (const { key, value } of page) lines.push(`${name} ${key} ${JSON.stringify(value.doc)}`);
      }
    }
    return digestOf(lines);
  },
  dispose: async ({ desk, folder, reads, runner }) => {
    await runner.stop();
    await reads.close();
    await desk.close();
    removeFolder(folder);
  },
});

/** Each read model built from the whole log, then all of them at once; counted are the events of the log. */
const benchRebuild = ({ lives, rounds }: RebuildSize): Promise<readonly Figure[]> =>
  withHistory(lives, (history) => {
    const ceiling = 'raw SQLite, scan and parse';
    const unit = 'events/s';
    const all = Object.values(projections);
    return compare(
      [
        contestant({ name: ceiling, unit }, scanning(history)),
        ...all.map((projection) =>
          contestant({ name: projection.name, unit, ceiling, target: TARGET }, building(history, [projection])),
        ),
        contestant({ name: `all ${all.length} at once`, unit, ceiling }, building(history, all)),
      ],
      rounds,
    );
  });

export const rebuild: Benchmark = {
  name: 'rebuild',
  full: () => benchRebuild(FULL),
  tiny: () => benchRebuild(TINY),
};
