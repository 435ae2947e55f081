/** Counters go up to here and no further: what is that busy is busy, and what they are counted from stays small. */
export const COUNTED_MOST = 100;

/** How far a decision looks: at what was on record at a position of the log, from an instant backwards. */
export interface CutOff {
  /** Of the last fact that counts. */
  readonly position: string;
  /** Epoch milliseconds. */
  readonly at: number;
}
