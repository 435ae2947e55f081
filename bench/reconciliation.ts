import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startChild } from '../tests/support/child';
import { COLUMNS, type Night, rowsAt, shuffled } from './payments';
import { type Benchmark, compare, contestant, type Figure, makeFolder, removeFolder, type Trial } from './support';

interface ReconciliationSize extends Night {
  readonly rounds: number;
}

const FULL: ReconciliationSize = { payments: 1_000_000, breaks: 2_000, rounds: 3 };
const TINY: ReconciliationSize = { payments: 2_000, breaks: 20, rounds: 1 };

/** A million lines in fifteen seconds, in one gibibyte. */
const TARGET = 1_000_000 / 15;
const MOST_MIB = 1_024;

const PIECE = 1 << 20;

const writeStatement = (file: string, night: Night): void => {
  const descriptor = openSync(file, 'w');
  let piece = `${COLUMNS}\n`;
  for (let position = 0; position < night.payments; position += 1) {
    piece += rowsAt(shuffled(position, night.payments), night);
    if (piece.length < PIECE) continue;
    writeSync(descriptor, piece);
    piece = '';
  }
  writeSync(descriptor, piece);
  closeSync(descriptor);
};

const toldSchema = z.strictObject({
  seconds: z.number().positive(),
  cpuMicros: z.number().min(0),
  peakMiB: z.number().positive(),
  digest: z.string(),
});
type Told = z.infer<typeof toldSchema>;

interface Subject {
  told?: Told;
}

/** Each run is a process of its own: what it takes of memory is its own too. */
const inProcess = (way: string, file: string, night: Night, peaks: number[]): Trial<Subject> => ({
  prepare: () => ({}),
  work: async (subject) => {
    const { payments, breaks } = night;
    const child = startChild(require.resolve('./reconciliation.child'), way, file, String(payments), String(breaks));
    for await (const line of child.lines) subject.told = toldSchema.parse(JSON.parse(line));
    if (subject.told === undefined) throw new Error(`${way}: said nothing`);
    peaks.push(subject.told.peakMiB);
    const { seconds, cpuMicros } = subject.told;
    return { operations: payments, seconds, cpuMicros };
  },
  digest: ({ told }) => told?.digest ?? '',
  dispose: () => undefined,
});

/** How much memory the runs took at their height: here the least is the best. */
const memoryFigure = (name: string, peaks: readonly number[], work: string): Figure => {
  const sorted = peaks.toSorted((one, other) => one - other);
  const [least = 0, middle = 0, most = 0] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  const range = { median: middle, slowest: least, fastest: most };
  return { name, unit: 'MiB', ...range, runs: peaks.length, cpuMicros: 0, work, target: MOST_MIB };
};

/**
 * A statement against as many payments and ledger entries, with breaks of every type planted: each run fails unless it
 * finds all of them and only those. Reading the file and making the three sides is part of the time.
 */
const benchReconciliation = async ({ rounds, ...night }: ReconciliationSize): Promise<readonly Figure[]> => {
  const folder = makeFolder();
  try {
    const file = join(folder, 'statement.csv');
    writeStatement(file, night);
    const unit = 'payments/s';
    const ceiling = 'plain Map join by reference';
    const [plain, house]: [number[], number[]] = [[], []];
    const figures = await compare(
      [
        contestant({ name: ceiling, unit }, inProcess('join-plainly', file, night, plain)),
        contestant(
          { name: 'three-way reconciliation', unit, ceiling, target: TARGET },
          inProcess('reconcile', file, night, house),
        ),
      ],
      rounds,
    );
    return [...figures, memoryFigure('its memory at the height', house, figures[1]?.work ?? '')];
  } finally {
    removeFolder(folder);
  }
};

export const reconciliation: Benchmark = {
  name: 'reconciliation',
  full: () => benchReconciliation(FULL),
  tiny: () => benchReconciliation(TINY),
};
