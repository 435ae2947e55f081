import { performance } from 'node:perf_hooks';
import type { Figure } from './figure';

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
}

/** What a figure is about. */
interface Claim {
  readonly name: string;
  readonly unit: string;
  /** Name of another contestant of the same measurement. */
  readonly ceiling?: string;
}

interface Run {
  readonly rate: number;
  readonly p99: number | undefined;
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
      const { rate, p99 } = await timed(trial, subject);
      return { rate, p99, work: await trial.digest(subject) };
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

const figureOf = ({ name, unit, ceiling }: Claim, runs: readonly Run[]): Figure => {
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
    work: middle.work,
    ...(middle.p99 !== undefined && { p99: middle.p99 }),
    ...(ceiling !== undefined && { ceiling }),
  };
};

const timed = async <T>(trial: Trial<T>, subject: T): Promise<Pick<Run, 'rate' | 'p99'>> => {
  // A rubbish heap left by the run before is not this one's fault. There with `node --expose-gc` only.
  globalThis.gc?.();
  const begun = performance.now();
  const { operations, latencies } = await trial.work(subject);
  const seconds = (performance.now() - begun) / 1000;
  return { rate: operations / seconds, p99: latencies && percentile(latencies, 0.99) };
};

/** Value below which this share of the values lies. */
const percentile = (values: Float64Array, share: number): number =>
  values.toSorted()[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
