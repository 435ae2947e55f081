import type { EventShape } from '../event-log';
import type { Position } from '../event-store';
import { liveVersion, type ReadStore, swapLive } from '../read-store';
import type { Clock, Timer, Timers } from '../runtime';
import { buildBeside, eraseLeftovers, liveSpec, type ParkedDocument, versionOfBuild } from './builds';
import type { EventFeed } from './feed';
import { type ProcessingObserver, silentObserver } from './observer';
import type { AnyProjection, Projection } from './projection';
import { type Held, holding, type ProjectionQueries, type ProjectionReader, readerOf } from './projection-queries';
import { untilDone } from './retry';
import { Slot, type SlotLimits } from './slot';
import { unlessAborted } from './turns';
import { Watch } from './watch';

/** The live documents of a projection have changed. */
export interface Committed {
  readonly projection: string;
  readonly keys: readonly string[];
  /** They show every event up to here. */
  readonly through: Position;
}

export interface ProjectionLag {
  readonly projection: string;
  readonly version: number;
  /** What queries see. */
  readonly position: Position;
  readonly head: Position;
  /** Milliseconds since it was last level with the log. */
  readonly behindMs: number;
  /** A build beside the live one is under way. */
  readonly building: boolean;
  /** Documents whose fold failed. */
  readonly parkedDocuments: number;
}

export interface ProjectionRunnerOptions<E extends EventShape> {
  readonly projections: readonly AnyProjection<E>[];
  readonly feed: EventFeed<E>;
  readonly store: ReadStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly observer?: ProcessingObserver;
  readonly limits?: Partial<SlotLimits>;
  /** How long the documents that were replaced stay, for queries that began on them. */
  readonly graceMs?: number;
}

const LIMITS: SlotLimits = {
  batchEvents: 200_000,
  batchDocuments: 20_000,
  batchMs: 100,
  putsAtOnce: 1_000,
  heldDocuments: 20_000,
  checkpointMs: 100,
};

interface Running<E extends EventShape> {
  readonly projection: Projection<E, object>;
  /** What queries see. One of another version than the projection's does not run: nobody has its fold any more. */
  live: Slot<E>;
  /** Another build beside it, until it takes its place. */
  building: Promise<void> | undefined;
  /** Removes the build that was live before, after a while. A rebuild that needs its place removes it at once. */
  clearing: Clearing | undefined;
}

interface Clearing {
  readonly now: () => Promise<void>;
  readonly timer: Timer;
}

/**
 * Keeps the documents of a set of projections up to date. A new version is built beside the live one and takes its
 * place when it has caught up; so is a rebuild. Only one process at a time may run a projection's rebuild.
 */
export class ProjectionRunner<E extends EventShape> implements ProjectionQueries {
  private readonly running = new Map<string, Running<E>>();
  private readonly listeners = new Set<(committed: Committed) => void>();
  private readonly watch = new Watch();
  private stopping = new AbortController();
  private readonly observer: ProcessingObserver;

  constructor(private readonly options: ProjectionRunnerOptions<E>) {
    this.observer = options.observer ?? silentObserver;
  }

  /** Begins where the documents are; also again, after a stop, whoever has written them meanwhile. */
  async start(): Promise<void> {
    if (this.stopping.signal.aborted) {
      this.stopping = new AbortController();
      this.running.clear();
    }
    for (const declared of this.options.projections) {
      if (this.running.has(declared.name)) throw new Error(`two projections are called ${declared.name}`);
      // A fold is given only the documents that it returned itself, so what they are need not be known here.
      await this.prepare(declared as unknown as Projection<E, object>);
    }
    // All at once, so that those at the same place share one reading of the log.
    for (const running of this.running.values()) {
      const { live, projection } = running;
      if (versionOfBuild(live.build) === projection.version) live.start(false);
      else this.buildVersion(running, this.slot(projection, projection.version));
    }
  }

  /** Finishes the batches in hand. A build beside a live one goes on with the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const all = [...this.running.values()];
    // A build may just be taking the live one's place: whichever is live then is stopped.
    await Promise.all(all.map(({ building }) => building?.catch(() => undefined)));
    await Promise.all(all.map(({ live }) => live.stop()));
    for (const { clearing } of all) clearing?.timer.cancel();
  }

  reader<Event extends EventShape, Doc extends object>(projection: Projection<Event, Doc>): ProjectionReader<Doc> {
    const live = () => liveSpec(projection, this.of(projection.name).live.build);
    const held = (key: string): Held<Doc> | undefined => {
      live();
      // What was folded by this projection is of its documents, as what is read from its collections is.
      return this.of(projection.name).live.held(key) as Held<Doc> | undefined;
    };
    return holding(
      held,
      readerOf(this.options.store, async () => live()),
    );
  }

  waitFor(projection: string, position: Position, timeoutMs: number): Promise<boolean> {
    const running = this.of(projection);
    const shows = () => running.live.visible >= position;
    return this.watch.within(shows, timeoutMs, this.options.timers);
  }

  /** Resolves when every projection shows every event up to a position, or to the end of the log as it is now. */
  async idle(position?: Position): Promise<void> {
    const target = position ?? (await this.options.feed.head());
    const all = [...this.running.values()];
    await this.watch.until(() => all.every(({ live, building }) => !building && live.visible >= target));
  }

  /** Calls the listener after each commit of live documents, until the returned function is called. */
  onCommitted(listener: (committed: Committed) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async lag(): Promise<readonly ProjectionLag[]> {
    const head = await this.options.feed.head();
    return [...this.running.values()].map(({ projection, live, building }) => ({
      projection: projection.name,
      version: versionOfBuild(live.build),
      position: live.visible,
      head,
      behindMs: live.lagMs(head),
      building: building !== undefined,
      parkedDocuments: live.parkedCount,
    }));
  }

  /**
   * Builds the documents again from the first event, beside the live ones, and lets them take their place. Also the
   * way to retry parked documents once their fold has been mended.
   */
  async rebuild(projection: string): Promise<void> {
    const running = this.of(projection);
    if (running.building) throw new Error(`${projection} is being built already`);
    const { live } = running;
    const slot = this.slot(running.projection, buildBeside(live.build));
    await this.build(running, slot, async () => {
      running.clearing?.timer.cancel();
      await running.clearing?.now();
      await slot.erase();
    });
    if (running.live !== slot) throw new Error(`stopped before ${projection} was rebuilt`);
  }

  /** Documents of a projection whose fold failed, with the reason. */
  parked(projection: string): Promise<readonly ParkedDocument[]> {
    return this.of(projection).live.parked();
  }

  private async prepare(projection: Projection<E, object>): Promise<void> {
    const { store } = this.options;
    const { name, version } = projection;
    const found = await liveVersion(store, name);
    const build = found ?? version;
    const live = this.slot(projection, build);
    await live.open();
    // There is nothing better to show than what is being built for the first time.
    if (found === undefined) await swapLive(store, name, version);
    await eraseLeftovers(store, projection, build);
    this.running.set(name, { projection, live, building: undefined, clearing: undefined });
  }

  private buildVersion(running: Running<E>, slot: Slot<E>): void {
    this.build(running, slot).catch((error: unknown) =>
      this.observer.failed({ reader: slot.reader, doing: 'being built, and has stopped', error }),
    );
  }

  private build(running: Running<E>, slot: Slot<E>, before = async () => {}): Promise<void> {
    running.building = before()
      .then(() => this.replace(running, slot))
      .finally(() => {
        running.building = undefined;
        this.watch.changed();
      });
    return running.building;
  }

  private async replace(running: Running<E>, next: Slot<E>): Promise<void> {
    const { store, timers, graceMs = 30_000 } = this.options;
    const { signal } = this.stopping;
    await next.open();
    next.start(true);
    await unlessAborted(next.levelled, signal);
    const old = running.live;
    if (!signal.aborted) {
      // Who has seen an event in the old documents must see it in the new ones.
      await old.stop();
      await unlessAborted(
        this.watch.until(() => next.visible >= old.visible),
        signal,
      );
    }
    const swap = () => swapLive(store, running.projection.name, next.build);
    const failed = (error: unknown) => this.observer.failed({ reader: next.reader, doing: 'taking its place', error });
    if (signal.aborted || !(await untilDone(swap, { timers, signal, failed }))) return next.stop();
    running.live = next;
    this.watch.changed();
    let cleared: Promise<void> | undefined;
    const now = () => {
      cleared ??= old.erase().catch(failed);
      return cleared;
    };
    // What is left over at the end is removed at the next start.
    running.clearing = { now, timer: timers.after(graceMs, () => signal.aborted || now()) };
  }

  private slot(projection: Projection<E, object>, build: number): Slot<E> {
    const { feed, store, clock, timers, limits } = this.options;
    return new Slot(projection, build, {
      feed,
      store,
      clock,
      timers,
      observer: this.observer,
      limits: { ...LIMITS, ...limits },
      onVisible: (slot, keys) => this.visible(slot, keys),
    });
  }

  private visible(slot: Slot<E>, keys: readonly string[]): void {
    const { name } = slot.projection;
    this.watch.changed();
    if (keys.length === 0 || this.of(name).live !== slot) return;
    for (const listener of this.listeners) {
      try {
        listener({ projection: name, keys, through: slot.visible });
      } catch (error) {
        this.observer.failed({ reader: slot.reader, doing: 'telling a listener', error });
      }
    }
  }

  private of(name: string): Running<E> {
    const running = this.running.get(name);
    if (running === undefined) throw new Error(`no projection is called ${name}`);
    return running;
  }
}
