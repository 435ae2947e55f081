interface Entry {
  readonly value: string;
  /** Milliseconds of the server's clock. */
  readonly expiresAt: number;
}

/** Texts by key, some of which expire. */
export class Keyspace {
  readonly #entries = new Map<string, Entry>();

  /** @param now milliseconds since 1970, to the microsecond */
  constructor(readonly now: () => number) {}

  get(key: string): string | undefined {
    return this.#live(key)?.value;
  }

  set(key: string, value: string, ttlMs = Number.POSITIVE_INFINITY): void {
    this.#entries.set(key, { value, expiresAt: this.now() + ttlMs });
  }

  /** Whether there was one. */
  delete(key: string): boolean {
    return this.#live(key) !== undefined && this.#entries.delete(key);
  }

  /** Whether there is one. */
  expireIn(key: string, ttlMs: number): boolean {
    const entry = this.#live(key);
    if (entry) this.set(key, entry.value, ttlMs);
    return entry !== undefined;
  }

  /** Milliseconds until it expires; undefined where there is no such key. */
  timeLeft(key: string): number | undefined {
    const entry = this.#live(key);
    return entry && entry.expiresAt - this.now();
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry && entry.expiresAt <= this.now()) this.#entries.delete(key);
    return this.#entries.get(key);
  }
}
