import type { EventLog, EventShape, RecordedEvent } from '../event-log';
import type { Position } from '../event-store';
import type { EventFeed, FeedOptions, FeedPage } from '../processing';
import { sleep, type Timers } from '../runtime';
import type { Bus, BusMessage, Report } from './bus';
import { deduplicated, seenInMemory } from './dedupe';

export interface BusFeedOptions<E extends EventShape> {
  readonly bus: Bus;
  readonly log: Pick<EventLog<E>, 'readStream' | 'head'>;
  readonly topic: string;
  /** The consumer group: one per saga, shared by all processes that run it. */
  readonly group: string;
  readonly timers: Timers;
  readonly report?: Report;
  /** How long what is in hand may go on after the feed has been told to end. Then it is given back, to come again. */
  readonly graceMs?: number;
}

interface Waiting<E extends EventShape> {
  readonly event: RecordedEvent<E>;
  readonly settled: () => void;
  readonly giveBack: (error: Error) => void;
}

/** Told to a message that was not settled in time: it stays with its group and comes again. */
class FeedEnded extends Error {
  override readonly name = 'FeedEnded';
}

/**
 * A consumer group as a feed of events. The message only says where its fact lies; the fact itself is read from the
 * log, whole and opened. Every page holds one event, so that a slow one holds up its own key alone; its place in the
 * group is committed once it is settled.
 */
export class BusFeed<E extends EventShape> implements EventFeed<E> {
  readonly shared = true;

  constructor(private readonly options: BusFeedOptions<E>) {}

  head(): Promise<Position> {
    return this.options.log.head();
  }

  async *subscribe({ signal }: FeedOptions): AsyncGenerator<FeedPage<E>, void, undefined> {
    const { bus, topic, group, timers, graceMs = 10_000 } = this.options;
    const waiting: Waiting<E>[] = [];
    const inHand = new Set<Waiting<E>>();
    let wake = (): void => undefined;
    signal.addEventListener('abort', () => wake(), { once: true });

    const take = async (message: BusMessage): Promise<void> => {
      const event = await this.#load(message);
      if (!event) return;
      await new Promise<void>((resolve, reject) => {
        if (signal.aborted) reject(new FeedEnded());
        waiting.push({ event, settled: resolve, giveBack: reject });
        wake();
      });
    };
    const subscription = await bus.subscribe(topic, group, deduplicated(take, seenInMemory()));
    try {
      while (!signal.aborted) {
        const next = waiting.shift();
        if (!next) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (signal.aborted || waiting.length > 0) resolve();
          });
          continue;
        }
        inHand.add(next);
        const settled = (): void => {
          inHand.delete(next);
          next.settled();
        };
        yield { events: [next.event], through: next.event.position, caughtUp: waiting.length === 0, settled };
      }
    } finally {
      // In the background: the reader may settle what it holds only after the iteration has ended.
      void subscription.stop();
      for (const left of waiting.splice(0)) left.giveBack(new FeedEnded('the feed has ended'));
      void sleep(timers, inHand.size === 0 ? 0 : graceMs).then(() => {
        for (const left of inHand) left.giveBack(new FeedEnded('not settled in time'));
      });
    }
  }

  /** Undefined: the log holds another event at this place, so the message is not of this log and says nothing. */
  async #load({ event }: BusMessage): Promise<RecordedEvent<E> | undefined> {
    const { log, topic, group, report } = this.options;
    for await (const page of log.readStream(event.subject, { from: BigInt(event.revision), limit: 1 })) {
      const [fact] = page;
      if (fact?.id === event.id) return fact;
      const place = `${event.subject}@${event.revision}`;
      report?.({ kind: 'unreadable', topic, group, place, reason: 'the log holds another event there' });
      return undefined;
    }
    throw new Error(`the log does not hold ${event.subject}@${event.revision} yet`);
  }
}
