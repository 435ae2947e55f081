import type { EventLog, EventShape, RecordedEvent } from '../event-log';
import type { Position } from '../event-store';
import type { EventFeed, FeedOptions, FeedPage } from '../processing';
import { sleep, type Timers } from '../runtime';
import type { Bus, BusMessage, Report, Subscription } from './bus';
import { FeedDesk } from './feed-desk';
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
  /**
   * How far the log has been relayed to the topic. A feed that is given nothing for `quietMs` after that says so far it
   * has come, though the last events of the log may not have been published. Without it the feed says nothing of those.
   */
  readonly relayed?: () => Promise<Position>;
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
    const reading = new Reading(this.options, after, signal);
    if (!(await reading.begin())) return;
    try {
      for (let page = await reading.next(); page; page = await reading.next()) yield page;
    } finally {
      // In the background: the reader may settle what it holds only after the iteration has ended.
      void reading.end();
    }
  }
}

/** One membership of the group, from its joining to its leaving. */
class Reading<E extends EventShape> {
  readonly #desk = new FeedDesk();
  #subscription: Subscription | undefined;
  #through: Position;
  #caughtUp = false;

  constructor(
    private readonly options: BusFeedOptions<E>,
    after: Position,
    private readonly signal: AbortSignal,
  ) {
    this.#through = after;
  }

  /** False: it was told to end before it could join. */
  async begin(): Promise<boolean> {
    const { bus, topic, group } = this.options;
    this.#subscription = await this.#insist(() => bus.subscribe(topic, group, this.#desk.take, { pipelined: true }));
    return this.#subscription !== undefined;
  }

  /** The next page; undefined when told to end. */
  async next(): Promise<FeedPage<E> | undefined> {
    while (!this.signal.aborted) {
      const page = this.#desk.waiting > 0 ? await this.#filled() : await this.#quiet();
      if (page) return page;
    }
    return undefined;
  }

  async end(): Promise<void> {
    const { timers, graceMs = 10_000, report, group } = this.options;
    const stopping = this.#subscription?.stop();
    this.#desk.close();
    const settled = new AbortController();
    const grace = sleep(timers, graceMs, settled.signal);
    await Promise.race([this.#desk.empty(), grace]);
    settled.abort();
    this.#desk.giveBackAll();
    await stopping?.catch((error: unknown) => report?.({ kind: 'broken', what: `leaving ${group}`, error }));
  }

  async #filled(): Promise<FeedPage<E> | undefined> {
    const desk = this.#desk;
    const batch = desk.next(this.options.pageSize ?? 200);
    const facts = await this.#insist(() => Promise.all(batch.map(({ message }) => this.#load(message))));
    if (!facts) {
      desk.giveBack(batch);
      return undefined;
    }
    const events = facts.filter((fact) => fact !== undefined);
    for (const { position } of events) if (position > this.#through) this.#through = position;
    this.#caughtUp = desk.waiting === 0;
    return { events, through: this.#through, caughtUp: this.#caughtUp, settled: () => desk.settle(batch) };
  }

  /** Waits for messages. A page only if none come for a while and that says something new. */
  async #quiet(): Promise<FeedPage<E> | undefined> {
    const { relayed, quietMs = 1_000 } = this.options;
    const reach = relayed ? ((await this.#insist(relayed)) ?? this.#through) : this.#through;
    const nothingToSay = this.#caughtUp && !relayed;
    if (await this.#arrival(nothingToSay ? undefined : quietMs)) return undefined;
    if (this.#caughtUp && reach <= this.#through) return undefined;
    if (reach > this.#through) this.#through = reach;
    this.#caughtUp = true;
    return { events: [], through: this.#through, caughtUp: true };
  }

  /** True: a message came, or it is to end. False: nothing came for so long. */
  async #arrival(withinMs: number | undefined): Promise<boolean> {
    const waited = new AbortController();
    const stop = (): void => waited.abort();
    this.signal.addEventListener('abort', stop, { once: true });
    if (this.signal.aborted) stop();
    const arrival = this.#desk.arrival(waited.signal);
    const quiet = withinMs === undefined ? [] : [sleep(this.options.timers, withinMs, waited.signal)];
    await Promise.race([arrival, ...quiet]);
    stop();
    this.signal.removeEventListener('abort', stop);
    return this.signal.aborted || this.#desk.waiting > 0;
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

  /** Repeats what must succeed some time. Undefined: it was told to end first. */
  async #insist<T>(work: () => Promise<T>): Promise<T | undefined> {
    const { timers, report, group } = this.options;
    for (let failures = 1; !this.signal.aborted; failures += 1) {
      try {
        return await work();
      } catch (error) {
        report?.({ kind: 'broken', what: `feeding ${group}`, error });
        await sleep(timers, pauseAfter(BACKOFF, failures), this.signal);
      }
    }
    return undefined;
  }
}
