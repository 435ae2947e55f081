import type { EventLog, EventShape, RecordedEvent } from '../event-log';
import type { Position } from '../event-store';
import type { EventFeed, FeedOptions, FeedPage } from '../processing';
import { sleep, type Timers } from '../runtime';
import type { Bus, BusMessage, Report, Subscription } from './bus';
import { FeedDesk, type InHand } from './feed-desk';
import { type Backoff, pauseAfter } from './lanes';

export interface BusFeedOptions<E extends EventShape> {
  readonly bus: Bus;
  readonly log: Pick<EventLog<E>, 'readStream' | 'head'>;
  readonly topic: string;
  /** The consumer group: one per saga, shared by all processes that run it. */
  readonly group: string;
  readonly timers: Timers;
  readonly report?: Report;
  /** At most so many events a page. */
  readonly pageSize?: number;
  /** A feed that is given nothing for so long says that it has caught up. */
  readonly quietMs?: number;
  /** How long what is in hand may go on after the feed has been told to end. Then it is given back, to come again. */
  readonly graceMs?: number;
}

const BACKOFF: Backoff = { firstMs: 50, mostMs: 5_000 };
/** How often a fact that the log does not hold is looked for before its message is passed over. */
const LOOKS_MAX = 5;

/**
 * A consumer group as a feed of events. A message only says where its fact lies; the fact is read from the log, whole
 * and openable. Events come in order per key, and the reader keeps that order; a page is acknowledged to the group once
 * the reader has settled it.
 */
export class BusFeed<E extends EventShape> implements EventFeed<E> {
  readonly shared = true;

  constructor(private readonly options: BusFeedOptions<E>) {}

  head(): Promise<Position> {
    return this.options.log.head();
  }

  async *subscribe({ after, signal }: FeedOptions): AsyncGenerator<FeedPage<E>, void, undefined> {
    const { bus, topic, group, quietMs = 1_000 } = this.options;
    const desk = new FeedDesk();
    const subscription = await this.#insist(() => bus.subscribe(topic, group, desk.take, { pipelined: true }), signal);
    if (!subscription) return;
    let through = after;
    let caughtUp = false;
    try {
      while (!signal.aborted) {
        const batch = await this.#batch(desk, caughtUp ? undefined : quietMs, signal);
        if (!batch) return;
        const events = await this.#insist(() => this.#loadAll(batch), signal);
        if (!events) return desk.giveBack(batch);
        for (const { position } of events) if (position > through) through = position;
        caughtUp = desk.waiting === 0;
        yield { events, through, caughtUp, settled: () => desk.settle(batch) };
      }
    } finally {
      // In the background: the reader may settle what it holds only after the iteration has ended.
      void this.#end(desk, subscription);
    }
  }

  /** The next messages; none, if none come for so long. Undefined: the signal aborted first. */
  async #batch(
    desk: FeedDesk,
    quietMs: number | undefined,
    signal: AbortSignal,
  ): Promise<readonly InHand[] | undefined> {
    const over = new AbortController();
    const end = (): void => over.abort();
    signal.addEventListener('abort', end, { once: true });
    const aborted = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve()));
    const quiet = quietMs === undefined ? [] : [sleep(this.options.timers, quietMs, over.signal)];
    if (!signal.aborted) await Promise.race([desk.arrival(), aborted, ...quiet]);
    signal.removeEventListener('abort', end);
    over.abort();
    return signal.aborted ? undefined : desk.next(this.options.pageSize ?? 200);
  }

  async #loadAll(batch: readonly InHand[]): Promise<readonly RecordedEvent<E>[]> {
    const facts = await Promise.all(batch.map(({ message }) => this.#load(message)));
    return facts.filter((fact) => fact !== undefined);
  }

  /** Undefined: the log does not hold it, so it is no fact, whatever the message says. */
  async #load({ event }: BusMessage): Promise<RecordedEvent<E> | undefined> {
    const { log, topic, group, timers, report } = this.options;
    for (let looks = 1; looks <= LOOKS_MAX; looks += 1) {
      for await (const [fact] of log.readStream(event.subject, { from: BigInt(event.revision), limit: 1 })) {
        if (fact?.id === event.id) return fact;
      }
      if (looks < LOOKS_MAX) await sleep(timers, pauseAfter(BACKOFF, looks));
    }
    const place = `${event.subject}@${event.revision}`;
    report?.({ kind: 'unreadable', topic, group, place, reason: 'the log holds no such event there' });
    return undefined;
  }

  /** Repeats what must succeed some time. Undefined: the signal aborted first. */
  async #insist<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        return await work();
      } catch (error) {
        this.options.report?.({ kind: 'broken', what: `feeding ${this.options.group}`, error });
        await sleep(this.options.timers, pauseAfter(BACKOFF, failures), signal);
      }
    }
    return undefined;
  }

  async #end(desk: FeedDesk, subscription: Subscription): Promise<void> {
    const { timers, graceMs = 10_000, report, group } = this.options;
    const stopping = subscription.stop();
    desk.close();
    const settled = new AbortController();
    const grace = sleep(timers, graceMs, settled.signal);
    await Promise.race([desk.empty(), grace]);
    settled.abort();
    desk.giveBackAll();
    await stopping.catch((error: unknown) => report?.({ kind: 'broken', what: `leaving ${group}`, error }));
  }
}
