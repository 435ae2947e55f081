import type { EventShape, RecordedEvent } from '../event-log';
import { type Position, START } from '../event-store';
import type { ReadStore } from '../read-store';
import { type Clock, RecentMap, type Timer, type Timers } from '../runtime';
import { DEADLINES, DeadlineBook, type Said } from './deadlines';
import type { ProcessingObserver } from './observer';
import { PARKED, ParkingLot } from './parking-lot';
import { Progress } from './progress';
import type { DeadlineChange } from './reactions';
import { untilDone } from './retry';
import type { Cause, Parked } from './saga';
import { Turns } from './turns';

export interface RecordParts {
  /** Name of the saga. */
  readonly saga: string;
  readonly store: ReadStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly observer: ProcessingObserver;
  readonly signal: AbortSignal;
  /** Several processes divide the saga's events among them. */
  readonly shared: boolean;
  /** It is written so long after something was finished, or after so many. */
  readonly commitMs: number;
  readonly commitEvery: number;
}

/** How many keys are remembered with the last of their events. */
const KEYS_MOST = 10_000;

/**
 * What a saga must not forget: how far it has come, its deadlines, what is parked. All of it is written together, so
 * that everything before the checkpoint is finished or parked, with the deadlines it has set.
 */
export class SagaRecord<E extends EventShape> {
  readonly deadlines: DeadlineBook;
  readonly parking: ParkingLot<E>;
  private progress = new Progress(START);
  private readonly writing = new Turns();
  /** Position of the last event handled, of the keys handled last. */
  private readonly lastOf = new RecentMap<string, Position>(KEYS_MOST);
  private settled: (() => void)[] = [];
  private written: Position = START;
  private finished = 0;
  private timer: Timer | undefined;

  constructor(private readonly parts: RecordParts) {
    this.deadlines = new DeadlineBook(parts.saga, parts.store, !parts.shared);
    this.parking = new ParkingLot(parts.saga, parts.store);
  }

  async open(): Promise<void> {
    const { store, saga } = this.parts;
    await store.prepare(DEADLINES);
    await store.prepare(PARKED);
    await this.parking.load();
    this.written = await store.checkpoint(saga);
    this.progress = new Progress(this.written);
  }

  /** Learns what other processes have parked. */
  refresh(): Promise<void> {
    return this.writing.take(() => this.parking.load());
  }

  /** Everything up to here is finished or parked. */
  get checkpoint(): Position {
    return this.progress.checkpoint;
  }

  /** Begins a piece of work; see {@link Progress.begin}. */
  begin(through: Position): () => void {
    const finish = this.progress.begin(through);
    return () => {
      finish();
      this.finished += 1;
      this.writeSoon();
    };
  }

  /** There is nothing (more) to begin up to a position. */
  pass(through: Position): void {
    this.progress.pass(through);
    this.writeSoon();
  }

  /** To be told when all that is finished now has been written. */
  whenWritten(settled: () => void): void {
    this.settled.push(settled);
    this.writeSoon();
  }

  /** An event has been handled. */
  remember(event: RecordedEvent<E>, key: string): void {
    this.lastOf.set(key, event.position);
  }

  /** A cause has been handled, and the saga wants these deadlines changed. */
  async handled(cause: Cause<E>, key: string, changes: readonly DeadlineChange[]): Promise<void> {
    const said = this.said(cause, key);
    if (cause.kind === 'deadline') await this.deadlines.close(cause.deadline, 'fired', said);
    const correlationId = cause.kind === 'event' ? cause.event.meta.correlationId : cause.deadline.correlationId;
    for (const change of changes) {
      if (change.kind === 'cancel') await this.deadlines.cancel({ key, name: change.name }, said);
      else {
        const { id, name, at, data } = change;
        await this.deadlines.set({ id, saga: this.parts.saga, key, name, at, data, correlationId }, said);
      }
    }
    if (cause.kind === 'event') this.remember(cause.event, key);
  }

  /** A cause could not be handled, or waits behind one that could not. */
  async park(cause: Cause<E>, key: string, why: Pick<Parked, 'state' | 'reason' | 'attempts'>): Promise<void> {
    if (cause.kind === 'deadline') await this.deadlines.close(cause.deadline, 'parked', this.said(cause, key));
    const { observer, saga, clock } = this.parts;
    const parked = this.parking.park(cause, key, { ...why, since: new Date(clock.now()).toISOString() });
    if (cause.kind === 'event') this.remember(cause.event, key);
    if (why.state === 'parked') observer.parked({ reader: saga, key, id: parked.id, reason: why.reason });
  }

  /** Writes what has not been written. False: the runner stopped before the store would take it. */
  write(): Promise<boolean> {
    this.timer?.cancel();
    this.timer = undefined;
    return this.writing.take(async () => {
      const { store, saga, timers, signal, observer } = this.parts;
      const { checkpoint } = this;
      const settled = this.settled.splice(0);
      const parts = [this.deadlines.take(), this.parking.take()];
      const puts = parts.flatMap((part) => part.puts);
      this.finished = 0;
      if (puts.length > 0 || checkpoint > this.written) {
        const failed = (error: unknown) => observer.failed({ reader: saga, doing: 'writing its record', error });
        const commit = () => store.commit({ reader: saga, checkpoint, puts });
        if (!(await untilDone(commit, { timers, signal, failed }))) return false;
        this.written = checkpoint;
        for (const { written } of parts) written();
      }
      for (const told of settled) told();
      return true;
    });
  }

  private writeSoon(): void {
    const { timers, commitMs, commitEvery } = this.parts;
    if (this.finished >= commitEvery) void this.write();
    else this.timer ??= timers.after(commitMs, () => void this.write());
  }

  private said(cause: Cause<E>, key: string): Said {
    if (cause.kind === 'event') return { by: 'event', at: cause.event.position };
    // Alone on the log, what is before the checkpoint has been handled, of any key.
    return { by: 'deadline', at: this.lastOf.get(key) ?? (this.parts.shared ? START : this.checkpoint) };
  }
}
