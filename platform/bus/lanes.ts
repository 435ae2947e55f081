import type { Timer, Timers } from '../runtime';

/** Pauses between tries: the first, then twice as long each time, up to the longest. Milliseconds. */
export interface Backoff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** The pause after so many failed tries (1 or more). */
export const pauseAfter = (backoff: Backoff, failures: number): number =>
  Math.min(backoff.mostMs, backoff.firstMs * 2 ** Math.min(failures - 1, 30));

export interface LanesOptions<Item> {
  /** At most so many items in hand at a time. */
  readonly concurrency: number;
  readonly backoff: Backoff;
  readonly timers: Timers;
  /** Whether the item is still ours to handle; what is in hand is carried to its end regardless. Default: it is. */
  readonly wanted?: (item: Item) => boolean;
  readonly handle: (item: Item) => Promise<void>;
  readonly done: (item: Item) => void;
  readonly failed: (item: Item, attempt: number, error: unknown) => void;
}

interface Lane<Item> {
  readonly key: string;
  readonly items: Item[];
  failures: number;
  /** Set while the lane waits to try its first item again. */
  pause: Timer | undefined;
  inHand: boolean;
}

/**
 * Items of one key are handled one after the other, in order; different keys go side by side. An item whose handling
 * throws stays first in its lane and is tried again after a pause, during which it occupies nobody but its own key.
 */
export class KeyedLanes<Item> {
  readonly #options: LanesOptions<Item>;
  readonly #lanes = new Map<string, Lane<Item>>();
  /** Lanes with work, waiting for a free hand. */
  readonly #ready = new Set<Lane<Item>>();
  #busy = 0;
  #stopped = false;
  #idle: (() => void)[] = [];

  constructor(options: LanesOptions<Item>) {
    this.#options = options;
  }

  push(key: string, item: Item): void {
    if (this.#stopped) return;
    const lane = this.#lanes.get(key);
    if (lane) {
      lane.items.push(item);
      return;
    }
    const fresh: Lane<Item> = { key, items: [item], failures: 0, pause: undefined, inHand: false };
    this.#lanes.set(key, fresh);
    this.#ready.add(fresh);
    this.#work();
  }

  /** Forgets what waits and is no longer wanted. */
  prune(): void {
    for (const lane of this.#lanes.values()) {
      const first = lane.items[0];
      const kept = lane.items.filter((item, index) => (index === 0 && lane.inHand) || this.#wanted(item));
      lane.items.splice(0, lane.items.length, ...kept);
      if (kept.length === 0) this.#remove(lane);
      else if (kept[0] !== first) this.#wake(lane);
    }
    this.#work();
  }

  /** Takes up nothing more and waits for what is in hand. What then has not been reported done is not done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.prune();
    if (this.#busy > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #wanted(item: Item): boolean {
    return !this.#stopped && (this.#options.wanted?.(item) ?? true);
  }

  /** Its failing item is gone: the next one begins without waiting. */
  #wake(lane: Lane<Item>): void {
    lane.pause?.cancel();
    lane.pause = undefined;
    lane.failures = 0;
    this.#ready.add(lane);
  }

  #remove(lane: Lane<Item>): void {
    lane.pause?.cancel();
    this.#ready.delete(lane);
    this.#lanes.delete(lane.key);
  }

  #work(): void {
    for (const lane of this.#ready) {
      if (this.#busy >= this.#options.concurrency) return;
      const item = lane.items[0];
      this.#ready.delete(lane);
      if (item === undefined) continue;
      this.#busy += 1;
      lane.inHand = true;
      void this.#carry(lane, item);
    }
  }

  async #carry(lane: Lane<Item>, item: Item): Promise<void> {
    try {
      await this.#options.handle(item);
      lane.failures = 0;
    } catch (error) {
      lane.failures += 1;
      this.#options.failed(item, lane.failures, error);
    }
    lane.inHand = false;
    this.#busy -= 1;
    if (lane.failures === 0) this.#options.done(item);
    if (lane.failures === 0 || !this.#wanted(item)) {
      lane.items.shift();
      lane.failures = 0;
    }
    this.#next(lane);
  }

  #next(lane: Lane<Item>): void {
    if (lane.items.length === 0) this.#remove(lane);
    else if (lane.failures === 0) this.#ready.add(lane);
    else {
      lane.pause = this.#options.timers.after(pauseAfter(this.#options.backoff, lane.failures), () => {
        lane.pause = undefined;
        this.#ready.add(lane);
        this.#work();
      });
    }
    this.#work();
    if (this.#busy === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }
}
