import type { Position } from '../event-store';
import { sagaOfParked } from './parking-lot';
import type { Parked } from './saga';

export interface SagaLag {
  readonly saga: string;
  /** Everything up to here is finished or parked. */
  readonly position: Position;
  readonly head: Position;
  /** Milliseconds since it was last level with the log. */
  readonly behindMs: number;
  /** Begun or waiting for its turn. */
  readonly outstanding: number;
  /** Keys held up by something parked. */
  readonly parkedKeys: number;
}

/** What became of a parked cause that an operator turned to. */
export type Unparked =
  /** It and all that waited behind it are done: so many. */
  | { readonly kind: 'handled'; readonly count: number }
  /** This one holds its key up now: the same again, or one that had waited. */
  | { readonly kind: 'parked'; readonly parked: Parked }
  /** There is none of that id. */
  | { readonly kind: 'unknown' };

/** A saga's runner, whatever its events, commands and effects are. */
export interface RunningSaga {
  readonly name: string;
  start(): Promise<void>;
  /** Finishes what is in hand; what waits for its turn or its next attempt is done after the next start. */
  stop(): Promise<void>;
  /** Resolves when everything up to a position (default: the present end of the log) is handled, nothing is in hand. */
  idle(position?: Position): Promise<void>;
  /** Resolves when nothing up to a position can go on before time passes: the rest waits for its next attempt. */
  rest(position?: Position): Promise<void>;
  /** Resolves when everything up to a position is handled or parked, whatever is in hand of later; or it stopped. */
  level(position: Position): Promise<void>;
  lag(): Promise<SagaLag>;
  /**
   * Handles what is due at an instant (milliseconds since 1970), begun in order of due time, at most so many (default:
   * all). How many there were.
   */
  fireDue(now: number, most?: number): Promise<number>;
  /** When the next deadline is due or something has its next attempt, in milliseconds since 1970. */
  nextDue(): Promise<number | undefined>;
  /** All that is parked or waits behind something parked, oldest first. */
  listParked(): Promise<readonly Parked[]>;
  /** Tries again the one that holds its key up, then all that waits behind it, until one fails. */
  retryParked(id: string): Promise<Unparked>;
  /** Takes it out for good, by an operator's decision; the record stays. Then goes on with what waited behind it. */
  skipParked(id: string, by: string): Promise<Unparked>;
}

/**
 * So many deadlines of a saga are handled before what follows from them is waited for: it is then dealt with while all
 * that it is about is still in memory, and no saga falls far behind another.
 */
const DUE_AT_ONCE = 2_000;

/** The sagas of a process, as one: while it is started. Else there are none here. */
export class Sagas {
  private sagas: readonly RunningSaga[] = [];

  constructor(
    /** A runner runs once: each start makes new ones, which begin with what is stored. */
    private readonly make: () => readonly RunningSaga[],
    private readonly log: { head(): Promise<Position> },
  ) {}

  async start(): Promise<void> {
    if (this.sagas.length === 0) this.sagas = this.make();
    await Promise.all(this.sagas.map((saga) => saga.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.sagas.map((saga) => saga.stop()));
    this.sagas = [];
  }

  /** Resolves when everything up to a position is handled; without one, when no saga has anything left to do. */
  idle(position?: Position): Promise<void> {
    return this.untilQuiet((saga, head) => saga.idle(head), position);
  }

  /**
   * Resolves when no saga can go on before time passes: what is not handled waits for its next attempt. For whoever
   * moves time: to wait for {@link idle} while time stands still may be to wait for ever.
   */
  rest(): Promise<void> {
    return this.untilQuiet((saga, head) => saga.rest(head));
  }

  lag(): Promise<readonly SagaLag[]> {
    return Promise.all(this.sagas.map((saga) => saga.lag()));
  }

  async fireDue(now: number, most?: number): Promise<number> {
    const fired = await Promise.all(this.sagas.map((saga) => saga.fireDue(now, most)));
    return fired.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Handles what is on record, then whatever is due by an instant and the facts that this leads to, until nothing is
   * due any more. Others may go on meanwhile: what they do is not waited for. Where there are many, others are let go
   * between two portions of them. How many deadlines there were.
   */
  async passThrough(now: number, between?: () => Promise<void>): Promise<number> {
    for (let count = 0; ; ) {
      const head = await this.log.head();
      await Promise.all(this.sagas.map((saga) => saga.level(head)));
      const fired = await this.fireDue(now, DUE_AT_ONCE);
      if (fired === 0) return count;
      count += fired;
      if (fired >= DUE_AT_ONCE) await between?.();
    }
  }

  async nextDue(): Promise<number | undefined> {
    const next = await Promise.all(this.sagas.map((saga) => saga.nextDue()));
    const due = next.filter((at) => at !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  async listParked(): Promise<readonly Parked[]> {
    return (await Promise.all(this.sagas.map((saga) => saga.listParked()))).flat();
  }

  retryParked(id: string): Promise<Unparked> {
    return this.sagaOf(id)?.retryParked(id) ?? unknown();
  }

  skipParked(id: string, by: string): Promise<Unparked> {
    return this.sagaOf(id)?.skipParked(id, by) ?? unknown();
  }

  /** What one saga does may be something to do for another. */
  private async untilQuiet(
    quiet: (saga: RunningSaga, head: Position) => Promise<void>,
    position?: Position,
  ): Promise<void> {
    let head = position ?? (await this.log.head());
    for (;;) {
      await Promise.all(this.sagas.map((saga) => quiet(saga, head)));
      const end = position ?? (await this.log.head());
      if (end === head) return;
      head = end;
    }
  }

  private sagaOf(id: string): RunningSaga | undefined {
    return this.sagas.find(({ name }) => name === sagaOfParked(id));
  }
}

const unknown = (): Promise<Unparked> => Promise.resolve({ kind: 'unknown' });
