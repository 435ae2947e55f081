import { performance } from 'node:perf_hooks';
import type { Figure, Latency } from './figure';

/** One way to do a piece of work. Only `work` is timed. */
export interface Trial<T> {
  prepare(): Promise<T> | T;
  /** Does the work; answers with how many operations it was, and with what each took where that is known. */
  work(subject: T): Promise<Done> | Done;
  /** Digest of what the work left behind. */
  digest(subject: T): Promise<string> | string;
  dispose(subject: T): Promise<void> | void;
}

export interface Done {
  readonly operations: number;
  /** Milliseconds of each operation. */
  readonly latencies?: Float64Array;
  /** How long it took, where the work knows better than the clock around it. */
  readonly seconds?: number;
  /** CPU time of all operations, where another process did the work. */
  readonly cpuMicros?: number;
  readonly note?: string;
}

/** What a figure is about. */
interface Claim {
  readonly name: string;
  readonly unit: string;
  /** Name of another contestant of the same measurement. */
  readonly ceiling?: string;
  /** What is to be reached. */
  readonly target?: number;
}

interface Run {
  readonly rate: number;
  readonly cpuMicros: number;
  readonly latency: Latency | undefined;
  readonly note: string | undefined;
  readonly work: string;
}

/** A trial with its claim, ready to run. */
interface Contestant extends Claim {
  run(): Promise<Run>;
}

export const contestant = <T>(claim: Claim, trial: Trial<T>): Contestant => ({
  ...claim,
  run: async () => {
    const subject = await trial.prepare();
    try {
      const run = await timed(trial, subject);
      return { ...run, work: await trial.digest(subject) };
    } finally {
      await trial.dispose(subject);
    }
  },
});

const RUNS = 3;

/**
 * Runs each contestant several times from scratch, turn and turn about: what else the machine does in the meantime
 * hits them alike. Throws if a contestant's runs did not do the same work.
 */
export const compare = async (contestants: readonly Contestant[], rounds = RUNS): Promise<readonly Figure[]> => {
  const runs = contestants.map((): Run[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { run }] of contestants.entries()) runs[index]?.push(await run());
  }
  return contestants.map((claim, index) => figureOf(claim, runs[index] ?? []));
};

/** Runs one trial several times from scratch. */
export const measure = async <T>(
  name: string,
  trial: Trial<T>,
  { runs, ...claim }: Omit<Claim, 'name'> & { readonly runs?: number },
): Promise<Figure> => {
  const [figure] = await compare([contestant({ name, ...claim }, trial)], runs);
  if (!figure) throw new Error(`${name}: was never run`);
  return figure;
};

const figureOf = ({ name, unit, ceiling, target }: Claim, runs: readonly Run[]): Figure => {
  const sorted = runs.toSorted((one, other) => one.rate - other.rate);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const [slowest, fastest] = [sorted.at(0), sorted.at(-1)];
  if (!middle || !slowest || !fastest) throw new Error(`${name}: was never run`);
  if (runs.some(({ work }) => work !== middle.work)) throw new Error(`${name}: its runs did not do the same work`);
  return {
    name,
    unit,
    median: middle.rate,
    slowest: slowest.rate,
    fastest: fastest.rate,
    runs: runs.length,
    cpuMicros: middle.cpuMicros,
    work: middle.work,
    ...(middle.latency !== undefined && { latency: middle.latency }),
    ...(middle.note !== undefined && { note: middle.note }),
    ...(ceiling !== undefined && { ceiling }),
    ...(target !== undefined && { target }),
  };
};

const timed = async <T>(trial: Trial<T>, subject: T): Promise<Omit<Run, 'work'>> => {
  // A rubbish heap left by the run before is not this one's fault. There with `node --expose-gc` only.
  globalThis.gc?.();
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  const done = await trial.work(subject);
  const seconds = done.seconds ?? (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const { operations, latencies, cpuMicros = user + system, note } = done;
  const latency = latencies && latencyOf(latencies);
  return { rate: operations / seconds, cpuMicros: cpuMicros / operations, latency, note };
};

const latencyOf = (milliseconds: Float64Array): Latency => {
  const sorted = milliseconds.toSorted();
  const below = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: below(0.5), p95: below(0.95), p99: below(0.99) };
};
