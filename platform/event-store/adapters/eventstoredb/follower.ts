import type { Timers } from '../../../runtime';
import type { Page, Position, StoredEvent } from '../../event-store';
import { type ClientDialect, Mark, type ServerEvent, type SubscriptionFilter } from './dialect';
import { eventFilter, isSystemEvent, streamPattern } from './event-filter';
import type { Horizon } from './horizon';
import { Inbox } from './inbox';
import { type LogReading, reachOf } from './log-reading';
import type { Patience } from './patience';
import { later, placeOf, positionOf } from './position';
import { storedEvent } from './stream-reading';

export interface FollowerParts {
  readonly client: ClientDialect;
  readonly patience: Patience;
  readonly horizon: Horizon;
  readonly log: LogReading;
  readonly timers: Timers;
  /** After so long without a message the log itself is looked at, where messages alone do not tell enough. */
  readonly quietMs: number;
  /** Aborts with the reason why nothing is followed any more. */
  readonly closed: AbortSignal;
}

/** Events looked at in one go behind what a subscription has told of. */
const LOOK = 500;

/** A subscription that keeps silent about an event for so many looks has broken off without a word. */
const SILENT_LOOKS_MAX = 20;

/**
 * One reader of the log, and how far it has come. The server's subscription brings the events. Where its filter holds
 * events back, it tells only now and then how far it has looked, older servers not even when it has caught up; so the
 * reader then looks at the log itself whenever the subscription has been quiet for a while.
 */
export class Follower {
  readonly #wanted: (event: ServerEvent) => boolean;
  readonly #filter: SubscriptionFilter;
  #through: Position;
  /** Up to here everything was considered, the server's own events too. */
  #cursor: Position;
  /** The filter has looked so far, the server says. */
  #considered: Position | undefined;
  /** The server sends events as they come: what has been handed out was all there is. */
  #live = false;
  #lookDue = false;
  #silentLooks = 0;
  /** The page handed out last. */
  #told: Pick<Page, 'through' | 'caughtUp'>;

  constructor(
    private readonly parts: FollowerParts,
    after: Position,
    categories: readonly string[] | undefined,
    private readonly pageSize: number,
  ) {
    this.#wanted = eventFilter(categories);
    this.#filter = categories ? { kind: 'streams', pattern: streamPattern(categories) } : { kind: 'no system events' };
    this.#through = after;
    this.#cursor = after;
    this.#told = { through: after, caughtUp: false };
  }

  /** @throws EventStoreError if the log ends before the reader's start */
  async checkStart(signal: AbortSignal): Promise<void> {
    if (placeOf(this.#through)) await this.parts.log.runAfter(this.#through, 1, signal);
  }

  /** Pages of one subscription, from where the reader is until it ends or breaks off. */
  async *sitting(signal: AbortSignal): AsyncGenerator<Page> {
    const subscription = this.parts.client.subscribe(placeOf(this.#through) ?? 'start', this.#filter, this.pageSize);
    const inbox = new Inbox(subscription, this.parts.timers);
    this.#considered = undefined;
    this.#live = false;
    this.#lookDue = false;
    try {
      for (;;) {
        signal.throwIfAborted();
        const page = await this.#next(inbox, signal);
        if (page === undefined) {
          const outcome = await inbox.wait(this.#patienceWithSilence(), signal);
          if (outcome === 'ended') return;
          if (outcome === 'quiet') this.#lookDue = true;
        } else if (this.#isNews(page)) {
          this.#told = page;
          yield page;
        }
      }
    } finally {
      subscription.cancel();
    }
  }

  /**
   * What has arrived, or else what is found by asking. Nothing is asked while events are in hand: a question that fails
   * would take them along.
   */
  async #next(inbox: Inbox, signal: AbortSignal): Promise<Page | undefined> {
    const messages = inbox.take(this.pageSize);
    const events = this.#digest(messages);
    if (events.length === 0 && this.#considered !== undefined) await this.#moveOn(this.#considered, signal);
    else if (messages.length === 0 && this.#lookDue) return this.#look(inbox, signal);
    else if (messages.length === 0) return undefined;
    return { events, through: this.#through, caughtUp: this.#live && !this.#lookDue && inbox.isEmpty };
  }

  #isNews({ events, through, caughtUp }: Page): boolean {
    return events.length > 0 || through > this.#told.through || (caughtUp && !this.#told.caughtUp);
  }

  /** A live subscription that holds nothing back but what is the server's own tells everything by itself. */
  #patienceWithSilence(): number | undefined {
    return this.#live && this.#filter.kind === 'no system events' ? undefined : this.parts.quietMs;
  }

  #digest(messages: readonly (ServerEvent | Mark)[]): readonly StoredEvent[] {
    const events: StoredEvent[] = [];
    if (messages.length > 0) this.#silentLooks = 0;
    for (const message of messages) {
      if (message instanceof Mark) this.#heed(message);
      else if (this.#isNew(message) && this.#wanted(message)) events.push(storedEvent(message));
    }
    return events;
  }

  #isNew(event: ServerEvent): boolean {
    const position = positionOf(event.place);
    if (position <= this.#through) return false;
    this.#cursor = later(this.#cursor, position);
    if (isSystemEvent(event)) return false;
    this.#through = position;
    this.parts.horizon.saw(position);
    return true;
  }

  #heed({ what }: Mark): void {
    if (what === 'caught up') {
      this.#live = true;
      // How far the filter has looked is not said.
      this.#lookDue = this.#filter.kind === 'streams';
    } else if (what === 'fell behind') {
      this.#live = false;
    } else {
      this.#considered = positionOf(what.considered);
    }
  }

  /** At the end of the log servers name places at which nothing is yet. Those are no positions to give out. */
  async #moveOn(considered: Position, signal: AbortSignal): Promise<void> {
    const { horizon, log } = this.parts;
    if (considered > horizon.reach) await log.head(signal);
    this.#considered = undefined;
    const reached = considered < horizon.reach ? considered : horizon.reach;
    this.#through = later(this.#through, reached);
    this.#cursor = later(this.#cursor, reached);
  }

  /** Moves on past what the filter holds back. */
  async #look(inbox: Inbox, signal: AbortSignal): Promise<Page> {
    const { events, atEnd } = await this.parts.log.runAfter(this.#cursor, LOOK, signal);
    const wanted = events.findIndex(this.#wanted);
    const passed = wanted < 0 ? events : events.slice(0, wanted);
    const last = passed.at(-1);
    if (last) this.#cursor = positionOf(last.place);
    this.#through = reachOf(passed) ?? this.#through;
    // An event that is wanted is left to the subscription, which must be on its way with it.
    this.#silentLooks = wanted < 0 ? 0 : this.#silentLooks + 1;
    if (this.#silentLooks > SILENT_LOOKS_MAX) throw new Error('the subscription keeps events back');
    const done = wanted < 0 && atEnd;
    this.#lookDue = wanted < 0 && !atEnd;
    this.#live ||= done;
    return { events: [], through: this.#through, caughtUp: done && inbox.isEmpty };
  }
}
