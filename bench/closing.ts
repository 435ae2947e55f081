import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { startChild } from '../tests/support/child';
import type { Standing } from './standing-loans';
import { type Benchmark, compare, contestant, type Figure, makeFolder, removeFolder, type Trial } from './support';

interface ClosingSize extends Standing {
  readonly rounds: number;
  /** How often the process is killed on the way. */
  readonly kills: number;
}

const FULL: ClosingSize = { loans: 1_000_000, busy: 100_000, rounds: 1, kills: 20 };
const TINY: ClosingSize = { loans: 60, busy: 12, rounds: 1, kills: 1 };

/** A million open loans in ninety seconds, in two gibibytes. */
const TARGET = 1_000_000 / 90;
const MOST_MIB = 2_048;

const CHILD = require.resolve('./closing.child');

/** The last line of a process: what it has to say. Undefined when it was gone before. */
const saidBy = async (...args: readonly string[]): Promise<unknown> => {
  const child = startChild(CHILD, ...args);
  let said: unknown;
  for await (const line of child.lines) said = JSON.parse(line);
  const code = await child.ended;
  if (code !== null && code !== 0) throw new Error(`${args[0]} ended with ${code}`);
  return said;
};

const madeSchema = z.strictObject({ seconds: z.number(), eve: z.string() });
const closedSchema = z.strictObject({
  seconds: z.number(),
  cpuMicros: z.number(),
  peakMiB: z.number(),
  writes: z.number(),
});
type Closed = z.infer<typeof closedSchema>;
const toldSchema = z.strictObject({ digest: z.string(), counts: z.record(z.string(), z.number()) });

/** The loans on the eve, in a folder that goes back to it: the log only grows, so that its end is cut off again. */
interface Eve {
  readonly folder: string;
  readonly seconds: number;
  back(): void;
  tell(): Promise<z.infer<typeof toldSchema>>;
}

const makeEve = async (folder: string, { loans, busy }: Standing): Promise<Eve> => {
  const { seconds, eve } = madeSchema.parse(await saidBy('make', folder, String(loans), String(busy)));
  const [log, reads, kept] = ['events.db', 'reads.db', 'reads.eve.db'].map((file) => join(folder, file));
  if (log === undefined || reads === undefined || kept === undefined) throw new Error('there are three files');
  const inLog = <Result>(work: (database: Sqlite.Database) => Result): Result => {
    const database = new Sqlite(log);
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  const end = inLog((database) => database.prepare('SELECT max(position) FROM events').pluck().get());
  copyFileSync(reads, kept);
  return {
    folder,
    seconds,
    back: () => {
      inLog((database) => {
        database.prepare('DELETE FROM events WHERE position > ?').run(end);
        database.prepare('DELETE FROM streams WHERE key > ?').run(end);
      });
      copyFileSync(kept, reads);
    },
    tell: async () => toldSchema.parse(await saidBy('tell', folder, eve)),
  };
};

const closeOnce = async (folder: string, schedulers: number, last = 0): Promise<Closed | undefined> => {
  const said = await saidBy('close', folder, String(schedulers), String(last));
  return said === undefined ? undefined : closedSchema.parse(said);
};

/** A process that has just been started closes the day. */
const undisturbed = (eve: Eve, { loans }: ClosingSize, all: Closed[], sides: Undisturbed): Trial<Eve> => ({
  prepare: () => {
    eve.back();
    return eve;
  },
  work: async ({ folder }) => {
    const closed = await closeOnce(folder, 1);
    if (closed === undefined) throw new Error('it was to end by itself');
    all.push(closed);
    const { seconds, cpuMicros } = closed;
    return { operations: loans, seconds, cpuMicros };
  },
  digest: async () => {
    sides.digest = (await eve.tell()).digest;
    return sides.digest;
  },
  dispose: () => undefined,
});

/** What an undisturbed close has left behind. */
interface Undisturbed {
  digest: string;
}

const mustBeAlike = ({ digest }: { readonly digest: string }, other: string): void => {
  if (digest !== other) throw new Error('killed, it left something else behind');
};

/** After how many writes a process is gone: now few, now many, so that all of them are gone before the work is done. */
const lastOf = (kill: number, writes: number, kills: number): number => {
  const share = Math.max(0, (0.85 * writes) / kills - 1.5);
  return 1 + (kill % 2) + 2 * Math.floor((share * (kill % 3)) / 2);
};

/** Processes in which two schedulers close the day at once, each killed on the way, until one comes to the end. */
const killed = (eve: Eve, { loans, kills }: ClosingSize, all: readonly Closed[], sides: Undisturbed): Trial<Eve> => ({
  prepare: () => {
    eve.back();
    return eve;
  },
  work: async ({ folder }) => {
    const writes = Math.max(...all.map((closed) => closed.writes));
    const { digest } = sides;
    const begun = performance.now();
    for (let kill = 1; kill <= kills; kill += 1) {
      const last = lastOf(kill, writes, kills);
      const died = (await closeOnce(folder, 2, last)) === undefined;
      if (died) continue;
      // Few loans are done in few commits, however often they are killed: the rest of the kills are on the way anew.
      mustBeAlike(await eve.tell(), digest);
      eve.back();
      if ((await closeOnce(folder, 2, 1)) !== undefined) throw new Error(`it was not killed a ${kill}. time`);
    }
    await closeOnce(folder, 2);
    return { operations: loans, seconds: (performance.now() - begun) / 1_000, cpuMicros: 0 };
  },
  digest: async () => (await eve.tell()).digest,
  dispose: () => undefined,
});

/** How much memory the undisturbed runs took at their height: here the least is the best. */
const memoryFigure = (all: readonly Closed[], work: string): Figure => {
  const peaks = all.map(({ peakMiB }) => peakMiB).toSorted((one, other) => one - other);
  const [least = 0, middle = 0, most = 0] = [peaks[0], peaks[Math.floor(peaks.length / 2)], peaks.at(-1)];
  const range = { median: middle, slowest: least, fastest: most };
  return {
    name: 'its memory at the height',
    unit: 'MiB',
    ...range,
    runs: peaks.length,
    cpuMicros: 0,
    work,
    target: MOST_MIB,
  };
};

/**
 * The close of a business date over open loans, to a tenth of which the day brings something: from the start of the
 * process to the last entry in the books. Then once more, killed again and again: both leave the same facts behind.
 */
export const benchClosing = async (size: ClosingSize): Promise<readonly Figure[]> => {
  const folder = makeFolder();
  try {
    const eve = await makeEve(folder, size);
    const all: Closed[] = [];
    const sides: Undisturbed = { digest: '' };
    const unit = 'open loans/s';
    const figures = await compare(
      [
        contestant({ name: 'close of day', unit, target: TARGET }, undisturbed(eve, size, all, sides)),
        contestant({ name: `killed ${size.kills} times, two schedulers`, unit }, killed(eve, size, all, sides)),
      ],
      size.rounds,
    );
    const [closed, again] = figures;
    if (closed === undefined || closed.work !== again?.work) throw new Error('killed, it left something else behind');
    return [...figures, memoryFigure(all, closed.work)];
  } finally {
    removeFolder(folder);
  }
};

export const closing: Benchmark = {
  name: 'close-day',
  full: () => benchClosing(FULL),
  tiny: () => benchClosing(TINY),
};
