import type { EventShape } from '../event-log';
import type { Clock, Timer, Timers } from '../runtime';
import type { Deadline } from './saga';
import type { SagaRecord } from './saga-record';

export interface DueParts<E extends EventShape> {
  readonly record: SagaRecord<E>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly signal: AbortSignal;
  /** Whether it is for this process to look for what is due. */
  readonly onDuty: () => boolean;
  /** Waits until more may be taken in hand. False: the runner stopped first. */
  readonly room: () => Promise<boolean>;
  /** Handles a deadline in its key's turn. */
  readonly fire: (deadline: Deadline) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Finds the deadlines that are due and has them handled. Two of these at once do no harm: they do the same things. */
export class DueDeadlines<E extends EventShape> {
  private readonly inHand = new Map<string, Promise<void>>();
  private timer: Timer | undefined;

  constructor(private readonly parts: DueParts<E>) {}

  /** Handles all that is due, and what falls due by that; at most so many. How many there were. */
  async fire(now: number, most = Number.POSITIVE_INFINITY): Promise<number> {
    for (let count = 0; ; ) {
      const due = await this.begin(now, most - count);
      if (due.length === 0 || this.parts.signal.aborted) return count;
      await Promise.all(due);
      count += due.length;
    }
  }

  /** Looks every so often, when on duty, without waiting for what it finds. Polling already: goes on so. */
  poll(everyMs: number): void {
    if (this.timer === undefined) this.pollAfter(everyMs);
  }

  stopPolling(): void {
    this.timer?.cancel();
  }

  private pollAfter(milliseconds: number): void {
    const { timers, clock, signal, onDuty, failed } = this.parts;
    this.timer = timers.after(milliseconds, () => {
      const looked: Promise<unknown> = onDuty() ? this.begin(clock.now(), Number.POSITIVE_INFINITY) : Promise.resolve();
      looked.catch(failed).finally(() => signal.aborted || this.pollAfter(milliseconds));
    });
  }

  /** Begins what is due, in order of due time; all of that, and what is in hand already. */
  private async begin(now: number, most: number): Promise<readonly Promise<void>[]> {
    const { record, room, fire } = this.parts;
    if (most <= 0) return [];
    await record.write();
    const begun: Promise<void>[] = [];
    for await (const deadline of record.deadlines.due(now)) {
      if (!(await room())) break;
      const { id } = deadline;
      const firing = this.inHand.get(id) ?? fire(deadline).finally(() => this.inHand.delete(id));
      this.inHand.set(id, firing);
      begun.push(firing);
      if (begun.length >= most) break;
    }
    return begun;
  }
}
