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

interface Run {
  readonly rate: number;
  readonly p99: number | undefined;
}

interface MeasureOptions {
  readonly unit: string;
  readonly ceiling?: string;
  readonly runs?: number;
}

const RUNS = 3;

/** Does the work several times from scratch. Throws if the runs did not do the same work. */
export const measure = async <T>(name: string, trial: Trial<T>, options: MeasureOptions): Promise<Figure> => {
  const runs: Run[] = [];
  const digests = new Set<string>();
  for (let run = 0; run < (options.runs ?? RUNS); run += 1) {
    const subject = await trial.prepare();
    try {
      runs.push(await timed(trial, subject));
      digests.add(await trial.digest(subject));
    } finally {
      await trial.dispose(subject);
    }
  }
  const [work, ...others] = digests;
  if (work === undefined || others.length > 0) throw new Error(`${name}: its runs did not do the same work`);
  const sorted = runs.toSorted((one, other) => one.rate - other.rate);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return {
    name,
    unit: options.unit,
    median: middle?.rate ?? 0,
    slowest: sorted.at(0)?.rate ?? 0,
    fastest: sorted.at(-1)?.rate ?? 0,
    runs: sorted.length,
    work,
    ...(middle?.p99 !== undefined && { p99: middle.p99 }),
    ...(options.ceiling !== undefined && { ceiling: options.ceiling }),
  };
};

const timed = async <T>(trial: Trial<T>, subject: T): Promise<Run> => {
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
