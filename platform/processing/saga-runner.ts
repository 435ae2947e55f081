import type { EventLog, EventShape, RecordedEvent } from '../event-log';
import { type Position, START } from '../event-store';
import type { ReadStore } from '../read-store';
import { type Clock, sleep, type Timers } from '../runtime';
import { DueDeadlines } from './due-deadlines';
import type { EventFeed, FeedPage } from './feed';
import { KeyedWork, Places } from './keyed-work';
import { type ProcessingObserver, reasonOf, silentObserver } from './observer';
import type { DeadlineChange } from './reactions';
import { type Backoff, untilDone } from './retry';
import type { Cause, Deadline, Dispatch, EffectHandler, Parked, Saga } from './saga';
import { type Handled, type HandlingParts, handle } from './saga-handling';
import { SagaRecord } from './saga-record';
import type { RunningSaga, SagaLag, Unparked } from './sagas';
import { Unparking } from './unparking';
import { Watch } from './watch';

export interface SagaLimits {
  /** Causes handled at the same time. */
  readonly inFlight: number;
  /** Causes taken from the feed and not finished yet. */
  readonly outstanding: number;
  /** Attempts before a cause is parked, and the time between them. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** Checkpoint, deadlines and parked causes are written so long after something was finished, or after so many. */
  readonly commitMs: number;
  readonly commitEvery: number;
  /** How often to look for due deadlines. Never: whoever drives the clock calls `fireDue`. */
  readonly pollMs: number | 'never';
}

const LIMITS: SagaLimits = {
  inFlight: 256,
  outstanding: 4_096,
  attempts: 6,
  backoff: { firstMs: 100, mostMs: 30_000 },
  commitMs: 50,
  commitEvery: 500,
  pollMs: 500,
};

export interface SagaRunnerOptions<E extends EventShape, Command, Effect, View> {
  readonly saga: Saga<E, Command, Effect, View>;
  /** What the saga reads through. */
  readonly view: View;
  readonly dispatch: Dispatch<Command>;
  readonly effects: EffectHandler<Command, Effect>;
  readonly feed: EventFeed<E>;
  /** Where a parked event is found again. */
  readonly log: Pick<EventLog<E>, 'readStream'>;
  readonly store: ReadStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly observer?: ProcessingObserver;
  readonly limits?: Partial<SagaLimits>;
  /**
   * Whether this process looks for due deadlines. Where several share the feed, one that does is enough. Default: yes.
   */
  readonly onDuty?: () => boolean;
}

/**
 * Runs one saga: takes events from the feed, in order per key, and does what the saga wants done. What it cannot do is
 * parked with all that follows for the same key. Its checkpoint never passes anything that is neither finished nor
 * parked; after a crash it does again what came after, under the same ids.
 */
export class SagaRunner<E extends EventShape, Command, Effect, View> implements RunningSaga {
  private readonly limits: SagaLimits;
  private readonly observer: ProcessingObserver;
  private readonly types: ReadonlySet<string>;
  private readonly record: SagaRecord<E>;
  private readonly keyed = new KeyedWork();
  private readonly watch = new Watch();
  private readonly stopping = new AbortController();
  private readonly handling: HandlingParts<E, Command, Effect, View>;
  private readonly due: DueDeadlines<E>;
  private readonly unparking: Unparking<E>;
  /** When those that wait for their next attempt will have it. */
  private readonly pauses = new Set<{ readonly until: number }>();
  /** Everything up to here has been taken in hand. */
  private taken: Position = START;
  private following: Promise<void> | undefined;
  private levelAt: number;

  constructor(private readonly options: SagaRunnerOptions<E, Command, Effect, View>) {
    const { saga, feed, store, clock, timers } = options;
    this.limits = { ...LIMITS, ...options.limits };
    const { commitMs, commitEvery, inFlight, attempts, backoff } = this.limits;
    this.observer = options.observer ?? silentObserver;
    this.types = new Set(saga.types);
    this.levelAt = clock.now();
    const { observer, signal } = this;
    const { shared } = feed;
    this.record = new SagaRecord({
      saga: saga.name,
      store,
      clock,
      timers,
      observer,
      signal,
      shared,
      commitMs,
      commitEvery,
    });
    const { view, dispatch, effects } = options;
    const places = new Places(inFlight);
    const pause = this.pause.bind(this);
    this.handling = { saga, view, dispatch, effects, pause, observer, attempts, backoff, places, signal };
    const inTurn = this.inTurn.bind(this);
    this.unparking = new Unparking({
      record: this.record,
      log: options.log,
      inTurn,
      handle: (cause, key) => this.handle(cause, key),
      onHandled: (cause, attempts) => this.observer.handled({ saga: this.name, cause: cause.kind, attempts }),
    });
    this.due = new DueDeadlines({
      record: this.record,
      clock,
      timers,
      signal,
      onDuty: options.onDuty ?? (() => true),
      room: () => this.room(),
      fire: (deadline) => inTurn(deadline.key, () => this.fire(deadline)),
      failed: (error) => this.observer.failed({ reader: this.name, doing: 'looking for due deadlines', error }),
    });
  }

  get name(): string {
    return this.options.saga.name;
  }

  private get signal(): AbortSignal {
    return this.stopping.signal;
  }

  async start(): Promise<void> {
    await this.record.open();
    this.taken = this.record.checkpoint;
    this.following ??= this.follow().catch((error: unknown) =>
      this.observer.failed({ reader: this.name, doing: 'following its feed, and has stopped', error }),
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.watch.changed();
    await this.following;
    this.due.stopPolling();
    await this.watch.until(() => this.keyed.outstanding === 0);
    await this.record.write();
  }

  async idle(position?: Position): Promise<void> {
    const target = position ?? (await this.options.feed.head());
    await this.watch.until(() => this.record.checkpoint >= target && this.keyed.outstanding === 0);
  }

  async rest(position?: Position): Promise<void> {
    const target = position ?? (await this.options.feed.head());
    // Each key waits for the next attempt of its first: nothing else of it can go on either.
    const allPaused = () => this.keyed.busyKeys === this.pauses.size;
    await this.watch.until(() => (this.taken >= target || this.isFull) && allPaused());
  }

  level(position: Position): Promise<void> {
    return this.watch.until(() => this.record.checkpoint >= position || this.signal.aborted);
  }

  async lag(): Promise<SagaLag> {
    const head = await this.options.feed.head();
    const now = this.options.clock.now();
    const position = this.record.checkpoint;
    if (position >= head) this.levelAt = now;
    return {
      saga: this.name,
      position,
      head,
      behindMs: now - this.levelAt,
      outstanding: this.keyed.outstanding,
      parkedKeys: this.record.parking.size,
    };
  }

  fireDue(now: number, most?: number): Promise<number> {
    return this.due.fire(now, most);
  }

  async nextDue(): Promise<number | undefined> {
    await this.record.write();
    const deadline = await this.record.deadlines.nextDue();
    const next = [...this.pauses].reduce((least, { until }) => Math.min(least, until), deadline ?? Infinity);
    return next === Infinity ? undefined : next;
  }

  async listParked(): Promise<readonly Parked[]> {
    await this.record.write();
    return this.record.parking.list();
  }

  retryParked(id: string): Promise<Unparked> {
    return this.unparking.retry(id);
  }

  skipParked(id: string, by: string): Promise<Unparked> {
    return this.unparking.skip(id, by);
  }

  private async follow(): Promise<void> {
    const { feed } = this.options;
    const { signal, record } = this;
    for await (const page of feed.subscribe({ after: record.checkpoint, signal })) {
      if (feed.shared) await this.insist('looking up what is parked', () => record.refresh());
      if (!(await this.takePage(page))) return;
      // What is due now comes after the events of its key that the saga is given again.
      if (page.caughtUp && this.limits.pollMs !== 'never') this.due.poll(this.limits.pollMs);
    }
  }

  /** False: it was stopped before all of the page was begun. */
  private async takePage(page: FeedPage<E>): Promise<boolean> {
    let unfinished = 1;
    const settle = () => {
      unfinished -= 1;
      if (unfinished === 0 && page.settled) this.record.whenWritten(page.settled);
    };
    for (const event of page.events) {
      const cause = { kind: 'event', event } as const;
      if (!this.types.has(event.type) || this.record.parking.holds(cause)) continue;
      if (!(await this.room())) return false;
      const finish = this.record.begin(event.position);
      unfinished += 1;
      const { key, failed } = this.keyOf(event);
      void this.inTurn(key, async () => {
        if (!(await this.settle(cause, key, failed))) return;
        finish();
        settle();
      });
    }
    this.record.pass(page.through);
    this.taken = page.through;
    settle();
    this.watch.changed();
    return true;
  }

  /** Handles a cause or parks it. False: it was stopped first. */
  private async settle(cause: Cause<E>, key: string, unkeyed?: Handled): Promise<boolean> {
    const { record, signal } = this;
    if (signal.aborted) return false;
    if (record.parking.blocks(key)) {
      return this.store(() => record.park(cause, key, { state: 'waiting', reason: 'waits its turn', attempts: 0 }));
    }
    const handled = unkeyed ?? (await this.handle(cause, key));
    switch (handled.kind) {
      case 'handled':
        if (!(await this.noteHandled(cause, key, handled.deadlines))) return false;
        this.observer.handled({ saga: this.name, cause: cause.kind, attempts: handled.attempts });
        return true;
      case 'failed': {
        const { reason, attempts } = handled;
        return this.store(() => record.park(cause, key, { state: 'parked', reason, attempts }));
      }
      case 'stopped':
        return false;
    }
  }

  private async fire(deadline: Deadline): Promise<void> {
    const looked = await this.insist('looking up a deadline', () => this.record.deadlines.inForce(deadline));
    if (looked?.value) await this.settle({ kind: 'deadline', deadline }, deadline.key);
  }

  private handle(cause: Cause<E>, key: string): Promise<Handled> {
    return handle(cause, key, this.handling);
  }

  /** An event whose key cannot be told goes with its stream, and is parked. */
  private keyOf(event: RecordedEvent<E>): { readonly key: string; readonly failed?: Handled } {
    try {
      return { key: this.options.saga.key(event) };
    } catch (error) {
      return { key: event.stream, failed: { kind: 'failed', reason: reasonOf(error), attempts: 1 } };
    }
  }

  /** Waits until more may be taken in hand. False: it was stopped first. */
  private async room(): Promise<boolean> {
    if (this.isFull) this.watch.changed();
    await this.watch.until(() => !this.isFull || this.signal.aborted);
    return !this.signal.aborted;
  }

  private get isFull(): boolean {
    return this.keyed.outstanding >= this.limits.outstanding;
  }

  private async pause(milliseconds: number): Promise<void> {
    const { clock, timers } = this.options;
    const pause = { until: clock.now() + milliseconds };
    this.pauses.add(pause);
    this.watch.changed();
    await sleep(timers, milliseconds, this.signal);
    this.pauses.delete(pause);
  }

  private inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.keyed.run(key, work).finally(() => this.watch.changed());
  }

  private noteHandled(cause: Cause<E>, key: string, changes: readonly DeadlineChange[]): Promise<boolean> | true {
    if (cause.kind === 'event' && changes.length === 0) {
      this.record.remember(cause.event, key);
      return true;
    }
    return this.store(() => this.record.handled(cause, key, changes));
  }

  private async store(work: () => Promise<void>): Promise<boolean> {
    return (await this.insist('keeping its record', work)) !== undefined;
  }

  private insist<T>(doing: string, work: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    const failed = (error: unknown) => this.observer.failed({ reader: this.name, doing, error });
    return untilDone(work, { timers: this.options.timers, signal: this.signal, failed });
  }
}
