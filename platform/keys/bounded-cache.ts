import type { Clock } from '../runtime';

export interface CacheLimits {
  /** Entries kept at most; the least recently used goes first. */
  readonly entries: number;
  /** An entry older than this is forgotten. */
  readonly maxAgeMs: number;
}

/** Remembers a bounded number of values for a bounded time. */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly until: number }>();
  readonly #limits: CacheLimits;
  readonly #clock: Clock;

  constructor(limits: CacheLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  get(key: string): Value | undefined {
    const found = this.#entries.get(key);
    if (!found) return undefined;
    this.#entries.delete(key);
    if (found.until <= this.#clock.now()) return undefined;
    this.#entries.set(key, found);
    return found.value;
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: this.#clock.now() + this.#limits.maxAgeMs });
    if (this.#entries.size <= this.#limits.entries) return;
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }

  clear(): void {
    this.#entries.clear();
  }
}
