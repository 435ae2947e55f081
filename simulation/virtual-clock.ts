import { assert } from '../domain/kernel';
import type { Clock, Timer, Timers } from '../platform/runtime';

interface Pending {
  readonly at: number;
  readonly run: () => void;
}

/**
 * Time that stands still until it is moved. Only what asks this clock, or sets timers on it, lives in its time:
 * sockets, disks and whoever waits for them go on in real time. So whoever moves it lets the work at hand come to rest
 * first.
 */
export class VirtualClock implements Clock, Timers {
  #now: number;
  #advancing = false;
  /** Earliest first; of equal instants, in the order in which they were set. */
  readonly #pending: Pending[] = [];

  /** @param epochMs where it starts, in milliseconds since 1970-01-01 UTC */
  constructor(epochMs: number) {
    assert(Number.isFinite(epochMs), `not an instant: ${epochMs}`);
    this.#now = epochMs;
  }

  now(): number {
    return this.#now;
  }

  /** Runs once when the clock is moved to, or past, that instant; a wait of nothing, too, ends at the next move. */
  after(milliseconds: number, run: () => void): Timer {
    assert(Number.isFinite(milliseconds), `not a wait: ${milliseconds}`);
    const pending: Pending = { at: this.#now + Math.max(0, milliseconds), run };
    const later = this.#pending.findIndex(({ at }) => at > pending.at);
    this.#pending.splice(later < 0 ? this.#pending.length : later, 0, pending);
    return {
      cancel: () => {
        const place = this.#pending.indexOf(pending);
        if (place >= 0) this.#pending.splice(place, 1);
      },
    };
  }

  /** When the next timer is due, if any is set. */
  get nextTimerAt(): number | undefined {
    return this.#pending[0]?.at;
  }

  /**
   * Moves time forward to an instant and runs every timer due by then, in order, each at its own instant; those that
   * they set and that are due by then as well. Time never goes back: an earlier instant is a bug and throws.
   */
  advanceTo(epochMs: number): void {
    assert(!this.#advancing, 'a timer may not move the clock that runs it');
    assert(Number.isFinite(epochMs) && epochMs >= this.#now, `time cannot go from ${this.#now} to ${epochMs}`);
    this.#advancing = true;
    try {
      for (let next = this.#pending[0]; next && next.at <= epochMs; next = this.#pending[0]) {
        this.#pending.shift();
        this.#now = next.at;
        next.run();
      }
      this.#now = epochMs;
    } finally {
      this.#advancing = false;
    }
  }
}
