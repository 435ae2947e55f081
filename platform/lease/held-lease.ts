import { sleep, type Timer } from '../runtime';
import { type Lease, LeaseLost } from './lease';
import type { LeaseTable } from './lease-table';
import type { LeaseTerms } from './lease-terms';
import { type LeaseTime, passedSince, type Reading, readingOf } from './lease-time';

export interface HeldLeaseParts {
  readonly name: string;
  readonly owner: string;
  readonly token: bigint;
  /** Taken before the table was asked: what it granted lasts at least as long as counted from here. */
  readonly askedAt: Reading;
  readonly table: LeaseTable;
  readonly time: LeaseTime;
  readonly terms: LeaseTerms;
  /** The work is asked to end. The lease goes on until it has. */
  readonly asked: AbortSignal;
  readonly onFailure: (error: unknown) => void;
}

/** A lease that its table has granted: renews itself until it is given back or lost. */
export class HeldLease implements Lease {
  readonly signal: AbortSignal;
  readonly #over = new AbortController();
  #confirmed: Reading;
  #expiry: Timer | undefined;

  constructor(private readonly parts: HeldLeaseParts) {
    this.#confirmed = parts.askedAt;
    this.signal = AbortSignal.any([this.#over.signal, parts.asked]);
    this.#expire();
    void this.#keep();
  }

  get name(): string {
    return this.parts.name;
  }

  get token(): bigint {
    return this.parts.token;
  }

  held(): boolean {
    return !this.#over.signal.aborted && this.#sureForMs() > 0;
  }

  /** The work has ended. */
  finish(): void {
    this.#end('given back');
  }

  #sureForMs(): number {
    const { terms, time } = this.parts;
    return terms.ttlMs - terms.marginMs - passedSince(this.#confirmed, time);
  }

  #end(why: LeaseLost['why']): void {
    this.#expiry?.cancel();
    this.#over.abort(new LeaseLost(this.name, why));
  }

  /** Ends it when its time is over; until then looks again at that instant, in case a clock ran ahead of the timer. */
  #expire(): void {
    if (this.#over.signal.aborted) return;
    const left = this.#sureForMs();
    this.#expiry?.cancel();
    if (left <= 0) this.#end('not renewed in time');
    else this.#expiry = this.parts.time.timers.after(Math.ceil(left), () => this.#expire());
  }

  async #keep(): Promise<void> {
    const { name, owner, table, time, terms, onFailure } = this.parts;
    const over = this.#over.signal;
    for (let pause = terms.renewMs; ; ) {
      await sleep(time.timers, pause, over);
      if (over.aborted) return;
      const askedAt = readingOf(time);
      try {
        if (!(await table.renew(name, owner, terms.ttlMs))) return this.#end('no longer known to the server');
        this.#confirmed = askedAt;
        this.#expire();
        pause = terms.renewMs;
      } catch (error) {
        if (over.aborted) return;
        onFailure(error);
        pause = Math.min(terms.renewMs, terms.retryMs);
      }
    }
  }
}
