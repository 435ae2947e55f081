import type { StreamName } from '../../event-store';

/** Where a stream ends. The revision moves on as the stream grows. */
export interface StreamHead {
  readonly key: number;
  last: number;
}

/** What is remembered of a stream that does not exist. */
export const ABSENT: StreamHead = Object.freeze({ key: 0, last: -1 });

/**
 * The ends of the streams used last, so that a busy stream's append needs no look-up. Two generations: what is used
 * moves to the young one; when that is full, the old one is forgotten. Holds at most twice its capacity.
 */
export class StreamHeads {
  #young = new Map<StreamName, StreamHead>();
  #old = new Map<StreamName, StreamHead>();

  constructor(private readonly capacity: number) {}

  get(stream: StreamName): StreamHead | undefined {
    const young = this.#young.get(stream);
    if (young) return young;
    const old = this.#old.get(stream);
    if (old) this.set(stream, old);
    return old;
  }

  set(stream: StreamName, head: StreamHead): void {
    if (this.#young.size >= this.capacity) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(stream, head);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
