import { join } from 'node:path';
import type { StoredEvent } from '../platform/event-store';
import { type Desk, openDesk, openPaperDesk } from './desk';
import { type HandClock, handClock, playLives } from './lives';
import { openRawStore, type RawStore } from './raw-sqlite';
import type { Work } from './repayments';
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
import { openShop } from './town';

/** How many lives are played, by how many commands are in flight at once. A life is about fifty commands. */
type CommandsSize = readonly { readonly inFlight: number; readonly lives: number }[];

const FULL: CommandsSize = [
  { inFlight: 1, lives: 60 },
  { inFlight: 10, lives: 400 },
  { inFlight: 100, lives: 1_000 },
  { inFlight: 1_000, lives: 2_000 },
];
const TINY: CommandsSize = [{ inFlight: 4, lives: 8 }];

/** What the whole command path is to do with this many in flight. */
const TARGET = { inFlight: 100, perSecond: 12_000 };

// Sealed personal data is different in every run; what it belongs to is not.
const lineOf = ({ stream, revision, id, type }: Pick<StoredEvent, 'stream' | 'revision' | 'id' | 'type'>): string =>
  `${stream}@${revision} ${id} ${type}`;

const storedBy = async ({ store }: Desk): Promise<readonly StoredEvent[]> => {
  const all: StoredEvent[] = [];
  for await (const { events } of store.readAll()) all.push(...events);
  return all;
};

interface Open {
  readonly folder: string;
  readonly desk: Desk;
  readonly clock: HandClock;
}

const commanding = (lives: number, inFlight: number): Trial<Open> => ({
  prepare: async () => {
    const folder = makeFolder();
    const clock = handClock();
    const desk = await openDesk(folder, clock);
    await openShop(desk.bus);
    return { folder, desk, clock };
  },
  work: ({ desk, clock }) => playLives(desk.bus, clock, lives, inFlight),
  digest: async ({ desk }) => digestOf((await storedBy(desk)).map(lineOf)),
  dispose: async ({ desk, folder }) => {
    await desk.close();
    removeFolder(folder);
  },
});

/** The facts that the same commands lead to, on paper. */
const factsOf = async (lives: number): Promise<readonly Work[]> => {
  const clock = handClock();
  const desk = await openPaperDesk(clock);
  await openShop(desk.bus);
  await playLives(desk.bus, clock, lives, 1);
  const stored = await storedBy(desk);
  await desk.close();
  return stored.map(({ stream, revision, position: _, ...event }) => ({ stream, revision: Number(revision), event }));
};

/** The ceiling: the same bytes, written by SQLite itself in commits of as many events. */
const writing = (facts: readonly Work[], group: number): Trial<{ folder: string; store: RawStore }> => ({
  prepare: () => {
    const folder = makeFolder();
    return { folder, store: openRawStore(join(folder, 'raw.db')) };
  },
  work: ({ store }) => {
    for (let from = 0; from < facts.length; from += group) store.commit(facts.slice(from, from + group));
    return { operations: facts.length };
  },
  digest: ({ store }) =>
    digestOf(
      store.rows().map(([, stream, revision, id, type]) => lineOf({ stream, revision: BigInt(revision), id, type })),
    ),
  dispose: ({ store, folder }) => {
    store.close();
    removeFolder(folder);
  },
});

/** Commands of whole loans' lives through the bus, the log and the store, beside SQLite writing the same facts. */
const benchCommands = async (size: CommandsSize): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const { inFlight, lives } of size) {
    const ceiling = `raw SQLite, commits of ${inFlight}`;
    const raw = contestant({ name: ceiling, unit: 'events/s' }, writing(await factsOf(lives), inFlight));
    const target = inFlight === TARGET.inFlight ? { target: TARGET.perSecond } : {};
    const claim = { name: `commands, ${inFlight} in flight`, unit: 'commands/s', ceiling, ...target };
    figures.push(...(await compare([raw, contestant(claim, commanding(lives, inFlight))])));
  }
  return figures;
};

export const commands: Benchmark = {
  name: 'commands',
  full: () => benchCommands(FULL),
  tiny: () => benchCommands(TINY),
};
