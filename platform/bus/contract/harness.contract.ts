import { randomUUID } from 'node:crypto';
import type { Bus, BusMessage, Handler, Subscription } from '../bus';

/** A broker of the kind under test. Clients of it are like processes: what one leaves undone, another finds. */
export interface BusUnderTest {
  connect(): Promise<Bus>;
  /** Closes every client and leaves nothing running. */
  dispose(): Promise<void>;
}

export type OpenBus = () => Promise<BusUnderTest>;

/** One test's own corner of a broker: a topic nobody else uses. */
export interface Corner {
  readonly topic: string;
  readonly bus: Bus;
  /** Another client, as another process would have. Closed with the rest. */
  connect(): Promise<Bus>;
  /** Stopped when the test ends, before the clients are closed. */
  finally(subscription: Subscription): void;
}

/** A test against a fresh topic; whatever happens, the broker's clients are closed. */
export const inCorner =
  (open: OpenBus, run: (corner: Corner) => Promise<void>): (() => Promise<void>) =>
  async () => {
    const broker = await open();
    const subscriptions: Subscription[] = [];
    try {
      await run({
        topic: `contract.${randomUUID()}`,
        bus: await broker.connect(),
        connect: () => broker.connect(),
        finally: (subscription) => subscriptions.push(subscription),
      });
    } finally {
      await Promise.all(subscriptions.map((subscription) => subscription.stop()));
      await broker.dispose();
    }
  };

let sequence = 0;

/** A message about a stream of its key; `n` is its revision and what tests tell messages apart by. */
export const message = (key: string, n: number, data: Readonly<Record<string, unknown>> = {}): BusMessage => {
  sequence += 1;
  return {
    key,
    event: {
      specversion: '1.0',
      id: randomUUID(),
      source: 'urn:usance:contract',
      type: 'RepaymentSettled',
      subject: `loan-${key}`,
      time: '2026-03-02T02:00:00.000Z',
      datacontenttype: 'application/json',
      data: { n, ...data },
      revision: String(n),
      position: String(sequence).padStart(12, '0'),
      correlationid: 'correlation-1',
    },
  };
};

/** So many messages of each key, the keys taking turns. */
export const messages = (keys: readonly string[], perKey: number): readonly BusMessage[] =>
  Array.from({ length: perKey }, (_, n) => keys.map((key) => message(key, n))).flat();

export const keysNamed = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `k${n}`);

export const numberOf = ({ event }: BusMessage): number => Number(event.revision);

export const numbersOf = (received: readonly BusMessage[], key: string): readonly number[] =>
  received.filter((each) => each.key === key).map(numberOf);

export const idsOf = (received: readonly BusMessage[]): readonly string[] => received.map(({ event }) => event.id);

export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

/** Resolves when told to, for handlers that shall wait. */
export class Gate {
  readonly opened: Promise<void>;
  #open: () => void = () => undefined;

  constructor() {
    this.opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#open();
  }
}

/** Where a subscriber's messages arrive, once its handler has taken them. */
export class Inbox {
  readonly received: BusMessage[] = [];
  readonly #ids = new Set<string>();
  readonly #waiting = new Set<{ readonly enough: () => boolean; readonly resolve: () => void }>();

  /** @param work what the handler does before the message counts as received */
  constructor(private readonly work: Handler = async () => undefined) {}

  readonly handler: Handler = async (received) => {
    await this.work(received);
    this.received.push(received);
    this.#ids.add(received.event.id);
    this.look();
  };

  /** Resolves as soon as the condition holds, which is looked at after every message. */
  until(enough: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ enough, resolve });
      this.look();
    });
  }

  /** Resolves when so many messages have been received, repetitions not counted. */
  untilDistinct(count: number): Promise<void> {
    return this.until(() => this.#ids.size >= count);
  }

  look(): void {
    for (const waiting of this.#waiting) {
      if (!waiting.enough()) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }

  on(bus: Bus, topic: string, group: string): Promise<Subscription> {
    return bus.subscribe(topic, group, this.handler);
  }
}
