import type { Clock } from '../../platform/runtime';

/** The machine's clock, or so much ahead of it as it began or was asked to be. */
export class PutForward implements Clock {
  #aheadMs: number;

  constructor(aheadMs = 0) {
    this.#aheadMs = aheadMs;
  }

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  putForwardTo(instant: number): void {
    this.#aheadMs += Math.max(0, instant - this.now());
  }
}
