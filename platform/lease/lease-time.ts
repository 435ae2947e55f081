import type { Clock, Timers } from '../runtime';

/** What measures how long a lease has been held. */
export interface LeaseTime {
  readonly clock: Clock;
  /** Milliseconds that have passed since some instant, whatever becomes of the clock. */
  readonly stopwatch: () => number;
  readonly timers: Timers;
}

/** Both clocks at one instant. */
export interface Reading {
  readonly clock: number;
  readonly stopwatch: number;
}

export const readingOf = ({ clock, stopwatch }: LeaseTime): Reading => ({ clock: clock.now(), stopwatch: stopwatch() });

/**
 * Milliseconds since a reading, by whichever clock says more: a stopwatch stands still while the machine sleeps, and a
 * clock can be set back. One that is set forward ends a lease early, which costs little.
 */
export const passedSince = (then: Reading, time: LeaseTime): number => {
  const now = readingOf(time);
  return Math.max(now.clock - then.clock, now.stopwatch - then.stopwatch);
};
