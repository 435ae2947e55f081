import { BusError, type BusMessage } from './bus';

/** A message in hand: its place in the group is committed when it settles, and it comes again when it is given back. */
export interface InHand {
  readonly message: BusMessage;
  readonly ended: Promise<void>;
  readonly settle: () => void;
  readonly giveBack: (error: Error) => void;
}

/** Ids of settled messages that are remembered, against repetitions. */
const REMEMBERED = 50_000;

/** Where messages wait for their page and, after it, for their end. */
export class FeedDesk {
  readonly #waiting: InHand[] = [];
  readonly #inHand = new Map<string, InHand>();
  readonly #settled = new Set<string>();
  #closed = false;
  readonly #arrived = new Set<() => void>();
  #emptied: (() => void)[] = [];

  /** The handler: ends when the message is settled. What comes twice is taken up once. */
  readonly take = (message: BusMessage): Promise<void> => {
    const { id } = message.event;
    if (this.#settled.has(id)) return Promise.resolve();
    const known = this.#inHand.get(id);
    if (known) return known.ended;
    if (this.#closed) return Promise.reject(new BusError('the feed has ended'));
    const inHand = this.#open(message);
    this.#inHand.set(id, inHand);
    this.#waiting.push(inHand);
    for (const tell of this.#arrived) tell();
    return inHand.ended;
  };

  get waiting(): number {
    return this.#waiting.length;
  }

  next(most: number): readonly InHand[] {
    return this.#waiting.splice(0, most);
  }

  /** Resolves when a message waits, or the signal aborts. */
  arrival(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length > 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#arrived.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#arrived.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  settle(page: readonly InHand[]): void {
    for (const inHand of page) inHand.settle();
  }

  giveBack(page: Iterable<InHand>): void {
    for (const inHand of page) inHand.giveBack(new BusError('the feed has ended'));
  }

  /** Takes no more, and gives back what nobody has begun. */
  close(): void {
    this.#closed = true;
    this.giveBack(this.#waiting.splice(0));
  }

  giveBackAll(): void {
    this.giveBack([...this.#inHand.values()]);
  }

  /** Resolves when nothing is in hand. */
  empty(): Promise<void> {
    return this.#inHand.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#emptied.push(resolve));
  }

  #open(message: BusMessage): InHand {
    const { id } = message.event;
    let settle = (): void => undefined;
    let giveBack = (_: Error): void => undefined;
    const ended = new Promise<void>((resolve, reject) => {
      settle = () => {
        this.#remember(id);
        resolve();
        this.#close(id);
      };
      giveBack = (error) => {
        reject(error);
        this.#close(id);
      };
    });
    return { message, ended, settle, giveBack };
  }

  #remember(id: string): void {
    this.#settled.add(id);
    if (this.#settled.size <= REMEMBERED) return;
    const [oldest] = this.#settled;
    if (oldest !== undefined) this.#settled.delete(oldest);
  }

  #close(id: string): void {
    this.#inHand.delete(id);
    if (this.#inHand.size === 0) for (const resolve of this.#emptied.splice(0)) resolve();
  }
}
