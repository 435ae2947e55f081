/** One measured rate, and what is needed to judge it. */
export interface Figure {
  readonly name: string;
  /** What is counted, as in "appends/s". */
  readonly unit: string;
  /** Middle value of the runs. */
  readonly median: number;
  readonly slowest: number;
  readonly fastest: number;
  readonly runs: number;
  /** 99th percentile of one operation's time in milliseconds, in the middle run; where operations are timed singly. */
  readonly p99?: number;
  /** Name of the figure, of the same report, that this one cannot beat by much: the bare tool doing bare work. */
  readonly ceiling?: string;
  /** Digest of what was done: the same work gives the same digest, on every machine and in every run. */
  readonly work: string;
}

/** A claim that can be run: in full for the figures, tiny in the tests so that it does not rot. */
export interface Benchmark {
  readonly name: string;
  full(): Promise<readonly Figure[]>;
  tiny(): Promise<readonly Figure[]>;
}
