import { type Clock, RecentMap } from '../runtime';

export interface CacheLimits {
  /** Entries kept at most; the least recently used goes first. */
  readonly entries: number;
  /** An entry older than this is forgotten. */
  readonly maxAgeMs: number;
}

/** Remembers a bounded number of values for a bounded time. */
export class BoundedCache<Value> {
  readonly #entries: RecentMap<string, { readonly value: Value; readonly until: number }>;
  readonly #maxAgeMs: number;
  readonly #clock: Clock;

  constructor({ entries, maxAgeMs }: CacheLimits, clock: Clock) {
    this.#entries = new RecentMap(entries);
    this.#maxAgeMs = maxAgeMs;
    this.#clock = clock;
  }

  get(key: string): Value | undefined {
    const found = this.#entries.get(key);
    if (!found) return undefined;
    if (found.until > this.#clock.now()) return found.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: Value): void {
    this.#entries.set(key, { value, until: this.#clock.now() + this.#maxAgeMs });
  }

  clear(): void {
    this.#entries.clear();
  }
}
