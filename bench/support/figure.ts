/** How long single operations took: milliseconds below which so many per cent of them lie. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

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
  /** Microseconds of CPU that one operation takes, in the middle run: what a busy machine does not change much. */
  readonly cpuMicros: number;
  /** Of the middle run, where operations are timed singly. */
  readonly latency?: Latency;
  /** Name of the figure, of the same report, that this one cannot beat by much: the bare tool doing bare work. */
  readonly ceiling?: string;
  /** What the house is to reach, in the same unit. */
  readonly target?: number;
  /** What else is to be known of the middle run before its rate is believed. */
  readonly note?: string;
  /** Digest of what was done: the same work gives the same digest, on every machine and in every run. */
  readonly work: string;
}

/** A claim that can be run: in full for the figures, tiny in the tests so that it does not rot. */
export interface Benchmark {
  readonly name: string;
  full(): Promise<readonly Figure[]>;
  tiny(): Promise<readonly Figure[]>;
}
