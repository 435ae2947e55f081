/** Work in order per key; different keys at the same time. */
export class KeyedWork {
  private readonly last = new Map<string, Promise<unknown>>();
  private count = 0;

  /** Begun or waiting for its turn. */
  get outstanding(): number {
    return this.count;
  }

  /** Keys with something outstanding. */
  get busyKeys(): number {
    return this.last.size;
  }

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    this.count += 1;
    const mine = (this.last.get(key) ?? Promise.resolve()).then(work).finally(() => {
      this.count -= 1;
      if (this.last.get(key) === settled) this.last.delete(key);
    });
    const settled = mine.catch(() => undefined);
    this.last.set(key, settled);
    return mine;
  }
}

/** At most so many at the same time, first come first served. */
export class Places {
  private readonly queue: (() => void)[] = [];

  constructor(private free: number) {}

  async within<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
