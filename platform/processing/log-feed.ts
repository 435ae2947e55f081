import type { EventLog, EventShape, LogPage } from '../event-log';
import type { Position } from '../event-store';
import { sleep, type Timers } from '../runtime';
import type { EventFeed, FeedOptions } from './feed';
import { Lane } from './lane';
import { type ProcessingObserver, silentObserver } from './observer';
import { type Backoff, delayAfter } from './retry';

export interface LogFeedOptions {
  readonly timers: Timers;
  readonly observer?: ProcessingObserver;
  readonly pageSize?: number;
  /** How many events stay in memory at most, for readers that are slower than others. */
  readonly windowEvents?: number;
}

/** As far as others get while a projection in the middle of a rebuild writes a batch of documents. */
const WINDOW_EVENTS = 25_000;

const BACKOFF: Backoff = { firstMs: 50, mostMs: 5_000 };

/**
 * The log as a feed. Readers at about the same place share one reading ({@link Lane}), so that an event is decoded once
 * however many projections and sagas want it; those that are far apart read for themselves until they meet.
 */
export class LogFeed<E extends EventShape> implements EventFeed<E> {
  readonly shared = false;
  private readonly lanes = new Set<Lane<E>>();
  private readonly observer: ProcessingObserver;
  private readonly pageSize: number;
  private readonly windowEvents: number;

  constructor(
    private readonly log: EventLog<E>,
    private readonly options: LogFeedOptions,
  ) {
    this.observer = options.observer ?? silentObserver;
    this.pageSize = options.pageSize ?? 500;
    this.windowEvents = options.windowEvents ?? WINDOW_EVENTS;
  }

  head(): Promise<Position> {
    return this.log.head();
  }

  async *subscribe({ after, signal, categories }: FeedOptions): AsyncGenerator<LogPage<E>, void, undefined> {
    const reader = Symbol('reader');
    let position = after;
    let toldAtEnd = false;
    let failures = 0;
    let lane: Lane<E> | undefined;
    try {
      while (!signal.aborted) {
        lane = this.board(reader, position, lane, categories);
        let page: LogPage<E> | undefined;
        try {
          page = await lane.pageAfter(reader, position, toldAtEnd, signal);
        } catch (error) {
          this.lanes.delete(lane);
          lane = this.leave(reader, lane);
          failures += 1;
          this.observer.failed({ reader: 'feed', doing: 'reading the log', error });
          await sleep(this.options.timers, delayAfter(BACKOFF, failures), signal);
        }
        if (page === undefined) continue;
        failures = 0;
        yield page;
        position = page.through;
        toldAtEnd = page.caughtUp;
      }
    } finally {
      this.leave(reader, lane);
    }
  }

  /** The lane to go on with: the furthest of those that cover the position, else the present one, else a new one. */
  private board(
    reader: symbol,
    position: Position,
    present: Lane<E> | undefined,
    categories: readonly string[] | undefined,
  ): Lane<E> {
    let best: Lane<E> | undefined;
    for (const lane of this.lanes) {
      if (lane.covers(position) && (best === undefined || lane.reach > best.reach)) best = lane;
    }
    if (best === undefined && present?.covers(position)) best = present;
    if (best === undefined) {
      const { pageSize, windowEvents } = this;
      best = new Lane(this.log, position, { pageSize, windowEvents, ...(categories ? { categories } : {}) });
      // A restricted reading is of use to nobody else.
      if (!categories) this.lanes.add(best);
    }
    if (best !== present) {
      this.leave(reader, present);
      best.join(reader, position);
    }
    return best;
  }

  private leave(reader: symbol, lane: Lane<E> | undefined): undefined {
    if (!lane?.part(reader)) return;
    this.lanes.delete(lane);
    lane.close();
  }
}
