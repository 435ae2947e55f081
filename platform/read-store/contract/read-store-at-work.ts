import type { ReadStore } from '../read-store';

/** A read store on data of its own, empty at first. */
export interface ReadStoreAtWork {
  readonly store: ReadStore;
  /** Another store on the same data, as a second process or a restarted one would have. Closed with the rest. */
  another(): Promise<ReadStore>;
  /** How many documents the test of size writes: 10,000, unless the server in question is no yardstick for that. */
  readonly documents?: number;
  /** Closes every store and removes the data. */
  dispose(): Promise<void>;
}
