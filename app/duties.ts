import { type Leadership, type LeadershipObserver, type Leases, type Led, whileLeader } from '../platform/lease';
import type { Timers } from '../platform/runtime';

/** What one process of the house does for all of them. */
export type Duty = 'projections' | 'sagas' | 'deadlines' | 'relay' | 'scheduler' | 'debits';

/**
 * The duties of this process: each is done here while this process holds its lease, and else stood by for. In the
 * embedded profile nobody else asks for them, so they are done here from the beginning to the end.
 */
export class Duties {
  readonly #taken = new Map<Duty, Leadership>();

  constructor(
    private readonly leases: Leases,
    private readonly options: { readonly timers: Timers; readonly observer: LeadershipObserver },
  ) {}

  /** Resolves when what is led has been started here, or stands by; fails when it cannot be started. */
  async take(duty: Duty, led: Led): Promise<void> {
    this.#taken.set(duty, await whileLeader(this.leases, duty, led, this.options));
  }

  /** Whether it is done by this process now. */
  has(duty: Duty): boolean {
    return this.#taken.get(duty)?.leads ?? false;
  }

  /** Stops what is done here, the last taken first, and lets other processes take over. */
  async end(): Promise<void> {
    for (const leadership of [...this.#taken.values()].reverse()) await leadership.resign();
    this.#taken.clear();
  }
}
