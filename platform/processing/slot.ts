import type { EventShape, RecordedEvent } from '../event-log';
import { type Position, START } from '../event-store';
import type { Put, ReadStore } from '../read-store';
import type { Clock, Timer, Timers } from '../runtime';
import { type BuildSpecs, eraseBuild, type ParkedDocument, specsOf, versionOfBuild } from './builds';
import type { EventFeed, FeedPage } from './feed';
import type { ProcessingObserver } from './observer';
import type { Projection } from './projection';
import { untilDone } from './retry';
import { breathe } from './turns';
import { WorkingSet } from './working-set';

export interface SlotLimits {
  /** Events folded in memory before they are committed, while it catches up. */
  readonly batchEvents: number;
  /** Changed documents, likewise. The bigger the batch, the fewer times each document is written. */
  readonly batchDocuments: number;
  /** How long documents may be behind what has been folded, once it has been level with the log. */
  readonly batchMs: number;
  /** Documents written at once: a bigger batch is written in parts, and other work goes on between them. */
  readonly putsAtOnce: number;
  /** Documents kept in memory between commits. */
  readonly heldDocuments: number;
  /** A checkpoint that no document waits for is written at the latest so long after. */
  readonly checkpointMs: number;
}

export interface SlotParts<E extends EventShape> {
  readonly feed: EventFeed<E>;
  readonly store: ReadStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly observer: ProcessingObserver;
  readonly limits: SlotLimits;
  /** Documents have become visible up to here. */
  readonly onVisible: (slot: Slot<E>, keys: readonly string[]) => void;
}

/** Documents are held back for so many pages in a row at most, however little time has passed. */
const WAITS_MOST = 16;

/** Turns of the event loop that a page has to follow in to be written with the one before. */
const SOON_TURNS = 2;

const isThereSoon = async (coming: Promise<unknown>): Promise<boolean> => {
  let isThere = false;
  const came = coming.then(() => {
    isThere = true;
  });
  for (let turn = 0; turn < SOON_TURNS && !isThere; turn += 1) await Promise.race([came, breathe()]);
  return isThere;
};

/** One build of a projection: follows the feed and keeps its own documents and checkpoint, committed together. */
export class Slot<E extends EventShape> {
  readonly specs: BuildSpecs;
  /** Resolves when it has been level with the log for the first time. */
  readonly levelled: Promise<void>;
  /** When it was last level with the log. */
  private levelAt: number;
  private markLevelled: () => void = () => undefined;
  private folded: Position = START;
  private shown: Position = START;
  private written: Position = START;
  private eventsInHand = 0;
  private hasBeenLevel = false;
  private committedAt = 0;
  private checkpointTimer: Timer | undefined;
  /** One write at a time: of two at once the older checkpoint could land last. */
  private writing: Promise<void> = Promise.resolve();
  private readonly work: WorkingSet<E>;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    readonly projection: Projection<E, object>,
    readonly build: number,
    private readonly parts: SlotParts<E>,
  ) {
    this.specs = specsOf(projection, build);
    this.levelAt = parts.clock.now();
    this.levelled = new Promise((resolve) => {
      this.markLevelled = () => {
        this.hasBeenLevel = true;
        resolve();
      };
    });
    const { name } = this.specs.documents;
    this.work = new WorkingSet(projection, this.specs, ({ key, position, event, reason }) =>
      parts.observer.parked({ reader: name, key, id: event?.id ?? position, reason }),
    );
  }

  get reader(): string {
    return this.specs.documents.name;
  }

  /** Every document shows the events up to here. */
  get visible(): Position {
    return this.shown;
  }

  get parkedCount(): number {
    return this.work.parkedCount;
  }

  /** Makes its collections ready and finds its place. A build of another version is only looked at. */
  async open(): Promise<void> {
    const { store } = this.parts;
    if (versionOfBuild(this.build) === this.projection.version) {
      await store.prepare(this.specs.documents);
      await store.prepare(this.specs.parked);
      for await (const page of store.scan(this.specs.parked)) {
        for (const { value } of page) this.work.admitParked(value);
      }
    }
    this.folded = await store.checkpoint(this.reader);
    this.shown = this.folded;
    this.written = this.folded;
  }

  /** @param alone reads the categories of the projection alone while it catches up, instead of all of the log */
  start(alone: boolean): void {
    this.running ??= this.follow(alone).catch((error: unknown) =>
      this.parts.observer.failed({ reader: this.reader, doing: 'following the log, and has stopped', error }),
    );
  }

  /** Finishes the batch in hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.checkpointTimer?.cancel();
    this.work.forget();
  }

  /** A document as queries see it, where it is in memory: undefined when it has to be read. */
  held(key: string): { readonly doc: object | undefined; readonly position: Position } | undefined {
    return this.work.asWritten(key);
  }

  /** Removes all that it has written. */
  erase(): Promise<void> {
    return eraseBuild(this.parts.store, this.projection.name, this.build);
  }

  /** Milliseconds since it was last level with the log, whose last event is at `head`. */
  lagMs(head: Position): number {
    const now = this.parts.clock.now();
    if (this.shown >= head) this.levelAt = now;
    return now - this.levelAt;
  }

  private async follow(alone: boolean): Promise<void> {
    const { feed } = this.parts;
    const { signal } = this.stopping;
    const { categories } = this.projection;
    const restricted = alone && categories ? { categories } : {};
    const pages = feed.subscribe({ after: this.folded, signal, ...restricted })[Symbol.asyncIterator]();
    try {
      if (!(await this.followPages(pages))) return;
    } finally {
      await pages.return?.();
    }
    if (await this.commit()) await this.writeCheckpoint();
  }

  /** To the end of the pages. False: it was stopped before all of them were written. */
  private async followPages(pages: AsyncIterator<FeedPage<E>>): Promise<boolean> {
    let waits = 0;
    for (let coming = pages.next(); ; ) {
      const { done, value: page } = await coming;
      if (done) return true;
      if (!(await this.fold(page.events))) return false;
      this.folded = page.through;
      this.eventsInHand += page.events.length;
      coming = pages.next();
      if (await this.canWait(page, coming, waits)) {
        waits += 1;
        continue;
      }
      if (!(await this.commit())) return false;
      waits = 0;
      if (page.caughtUp) this.isLevel();
    }
  }

  /**
   * While it catches up, it writes when it has enough. After that, what comes in quick succession is written together:
   * most documents are touched again by what follows.
   */
  private async canWait(page: FeedPage<E>, coming: Promise<unknown>, waits: number): Promise<boolean> {
    if (this.hasEnough()) return false;
    if (!page.caughtUp) return true;
    return this.hasBeenLevel && waits < WAITS_MOST && (await isThereSoon(coming));
  }

  private isLevel(): void {
    this.levelAt = this.parts.clock.now();
    this.markLevelled();
  }

  private hasEnough(): boolean {
    const { limits, clock } = this.parts;
    const isLate = this.hasBeenLevel && clock.now() - this.committedAt >= limits.batchMs;
    return isLate || this.eventsInHand >= limits.batchEvents || this.work.changes >= limits.batchDocuments;
  }

  /** False: it was stopped before the documents could be read. */
  private async fold(events: readonly RecordedEvent<E>[]): Promise<boolean> {
    const touching = this.work.touching(events);
    const missing = this.work.missing(touching);
    if (missing.length > 0) {
      const read = () => this.parts.store.getMany(this.specs.documents, missing);
      const found = await this.insist('reading documents', read);
      if (found === undefined) return false;
      this.work.admit(missing, found.value);
    }
    for (const { event, keys } of touching) {
      for (const key of keys) this.work.fold(event, key);
    }
    return true;
  }

  /** False: it was stopped before the documents could be written. What was folded is lost and will be folded again. */
  private async commit(): Promise<boolean> {
    const { limits, observer } = this.parts;
    const checkpoint = this.folded;
    const { kept, deleted } = this.work.changedKeys();
    if (this.work.changes > 0) {
      if (!(await this.writeChanges(kept, deleted, checkpoint))) return false;
      this.work.written();
      this.written = checkpoint;
      observer.committed({ reader: this.reader, events: this.eventsInHand, documents: kept.length + deleted.length });
    } else if (checkpoint > this.written) {
      this.writeCheckpointSoon();
    }
    this.eventsInHand = 0;
    this.committedAt = this.parts.clock.now();
    this.work.trim(limits.heldDocuments);
    this.shown = checkpoint;
    this.parts.onVisible(this, [...kept, ...deleted]);
    return true;
  }

  /**
   * The checkpoint goes with the last part: if the process dies before, the documents written tell by their positions
   * what is in them. A deletion leaves no position to read, so it goes with the checkpoint too.
   */
  private async writeChanges(
    kept: readonly string[],
    deleted: readonly string[],
    checkpoint: Position,
  ): Promise<boolean> {
    const { putsAtOnce } = this.parts.limits;
    let from = 0;
    for (; from + putsAtOnce < kept.length; from += putsAtOnce) {
      const part = this.work.puts(kept.slice(from, from + putsAtOnce));
      if (!(await this.write(part, this.written))) return false;
      await breathe();
    }
    const last = [...this.work.puts(kept.slice(from)), ...this.work.puts(deleted)];
    return this.write([...last, ...this.work.parkedPuts()], checkpoint);
  }

  private async write(puts: readonly Put[], checkpoint: Position): Promise<boolean> {
    const { store } = this.parts;
    const commit = () => store.commit({ reader: this.reader, checkpoint, puts });
    const written = this.writing.then(() => this.insist('writing documents', commit));
    this.writing = written.then(() => undefined);
    return (await written) !== undefined;
  }

  /** Without documents: nothing of interest has happened. A checkpoint only moves forwards, so it may come any time. */
  private writeCheckpoint(): Promise<void> {
    this.writing = this.writing.then(() => this.putCheckpoint());
    return this.writing;
  }

  private async putCheckpoint(): Promise<void> {
    const checkpoint = this.shown;
    const before = this.written;
    if (checkpoint <= before) return;
    this.written = checkpoint;
    const { store, observer } = this.parts;
    try {
      await store.commit({ reader: this.reader, checkpoint, puts: [] });
    } catch (error) {
      observer.failed({ reader: this.reader, doing: 'writing a checkpoint', error });
      // Other processes wait for it, and nothing may ever happen again that would bring another.
      if (this.written !== checkpoint || this.stopping.signal.aborted) return;
      this.written = before;
      this.writeCheckpointSoon();
    }
  }

  private writeCheckpointSoon(): void {
    const { timers, limits } = this.parts;
    this.checkpointTimer ??= timers.after(limits.checkpointMs, () => {
      this.checkpointTimer = undefined;
      void this.writeCheckpoint();
    });
  }

  private insist<T>(doing: string, work: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    const { timers, observer } = this.parts;
    const { signal } = this.stopping;
    return untilDone(work, {
      timers,
      signal,
      failed: (error) => observer.failed({ reader: this.reader, doing, error }),
    });
  }

  /** Documents whose fold failed, oldest first. */
  async parked(): Promise<readonly ParkedDocument[]> {
    const { items } = await this.parts.store.query(this.specs.parked, { index: 'position', limit: 1_000 });
    return items.map(({ doc }) => doc);
  }
}
