import { sleep, type Timers } from '../../../runtime';
import { failureOf, isFinal } from './failure';
import { abortion, linked } from './linked-signal';

export interface PatienceSettings {
  /** How often a call is made before it is given up. */
  readonly attempts: number;
  /** Pause after the first failure; each further one is twice as long, up to the longest. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Time one call may take. */
  readonly deadlineMs: number;
}

const noop = (): void => undefined;

/** How long the adapter puts up with a server that does not answer, is not ready, or is not the leader. */
export class Patience {
  constructor(
    readonly settings: PatienceSettings,
    private readonly timers: Timers,
    /** Aborts with the reason why nothing is tried again. */
    private readonly closed: AbortSignal,
  ) {}

  /**
   * Makes a call until it succeeds, fails for good, or has been made often enough. It must be one that can be repeated.
   * Each time it runs under a signal that aborts with those given and when its time is up; it is not waited for then.
   */
  async persist<T>(
    what: string,
    call: (signal: AbortSignal) => Promise<T>,
    signals: readonly AbortSignal[] = [],
  ): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      for (const signal of signals) signal.throwIfAborted();
      try {
        return await this.#inTime(call, signals);
      } catch (error) {
        for (const signal of signals) signal.throwIfAborted();
        if (isFinal(error)) throw failureOf(what, error);
        if (failures >= this.settings.attempts) throw failureOf(`${what}: given up after ${failures} attempts`, error);
      }
      await this.pause(failures, signals);
      this.closed.throwIfAborted();
    }
  }

  /** Waits the longer the more often something has failed; not at all once a signal has aborted. */
  async pause(failures: number, signals: readonly AbortSignal[]): Promise<void> {
    const { firstPauseMs, longestPauseMs } = this.settings;
    const own = linked([this.closed, ...signals]);
    try {
      await sleep(this.timers, Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs), own.signal);
    } finally {
      own.release();
    }
  }

  async #inTime<T>(call: (signal: AbortSignal) => Promise<T>, signals: readonly AbortSignal[]): Promise<T> {
    const { deadlineMs } = this.settings;
    const own = linked(signals);
    const timer = this.timers.after(deadlineMs, () => own.abort(new Error(`no answer in ${deadlineMs} ms`)));
    try {
      const working = call(own.signal);
      // It may fail after nobody waits for it any more.
      working.catch(noop);
      return await Promise.race([working, abortion(own.signal)]);
    } finally {
      timer.cancel();
      own.release();
    }
  }
}
