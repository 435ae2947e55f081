import { type Ids, sleep } from '../runtime';
import { HeldLease } from './held-lease';
import type { HoldOptions, Lease, Leases } from './lease';
import type { LeaseTable } from './lease-table';
import { type LeaseTerms, termsFor } from './lease-terms';
import { type LeaseTime, passedSince, readingOf } from './lease-time';

export interface ExpiringLeasesOptions {
  readonly table: LeaseTable;
  readonly ids: Ids;
  readonly time: LeaseTime;
  readonly terms?: LeaseTerms;
}

/** One attempt to hold a lease. Its owner's id is never used again, so nothing that comes late can touch another's. */
interface Attempt {
  readonly name: string;
  readonly owner: string;
  readonly asked: AbortSignal;
  readonly onWaiting: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Leases in a table that several processes share: they last for a bounded time and are renewed well before its end. */
export class ExpiringLeases implements Leases {
  readonly #table: LeaseTable;
  readonly #ids: Ids;
  readonly #time: LeaseTime;
  readonly #terms: LeaseTerms;
  readonly #closing = new AbortController();
  readonly #holding = new Set<Promise<void>>();

  constructor({ table, ids, time, terms = termsFor() }: ExpiringLeasesOptions) {
    this.#table = table;
    this.#ids = ids;
    this.#time = time;
    this.#terms = terms;
  }

  hold(name: string, work: (lease: Lease) => Promise<void>, options: HoldOptions = {}): Promise<void> {
    const { signal, onWaiting = () => undefined, onFailure = () => undefined } = options;
    const closing = this.#closing.signal;
    const asked = AbortSignal.any(signal ? [closing, signal] : [closing]);
    const holding = this.#hold({ name, owner: this.#ids.uuid(), asked, onWaiting, onFailure }, work);
    this.#holding.add(holding);
    return holding.finally(() => this.#holding.delete(holding));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#holding);
    await this.#table.close();
  }

  async #hold(attempt: Attempt, work: (lease: Lease) => Promise<void>): Promise<void> {
    const { name, owner, onFailure } = attempt;
    try {
      const lease = await this.#acquire(attempt);
      if (lease === undefined) return;
      try {
        await work(lease);
      } finally {
        lease.finish();
      }
    } finally {
      // Also when it was never heard to be granted: the answer may have been lost.
      await this.#table.release(name, owner).catch(onFailure);
    }
  }

  /** Undefined: it was asked to end first. */
  async #acquire(attempt: Attempt): Promise<HeldLease | undefined> {
    const { name, owner, asked, onWaiting, onFailure } = attempt;
    const { ttlMs, marginMs, retryMs } = this.#terms;
    let [waits, failing] = [false, false];
    while (!asked.aborted) {
      const askedAt = readingOf(this.#time);
      let pause = retryMs;
      try {
        const answer = await this.#table.acquire(name, owner, ttlMs);
        failing = false;
        if (answer.kind === 'taken') pause = Math.min(retryMs, answer.forMs);
        else if (asked.aborted) return undefined;
        // An answer that took too long is asked for again.
        else if (passedSince(askedAt, this.#time) >= ttlMs - marginMs) continue;
        else return new HeldLease({ ...attempt, ...this.#held, token: answer.token, askedAt });
      } catch (error) {
        if (!failing) onFailure(error);
        failing = true;
      }
      if (!waits) onWaiting();
      waits = true;
      await sleep(this.#time.timers, pause, asked);
    }
    return undefined;
  }

  get #held() {
    return { table: this.#table, time: this.#time, terms: this.#terms };
  }
}
