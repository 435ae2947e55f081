/** Counters go up to here and no further: what is that busy is busy, and what they are counted from stays small. */
export const COUNTED_MOST = 100;
