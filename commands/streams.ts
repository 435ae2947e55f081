import type { DomainEvent } from '../domain/events';
import { assert } from '../domain/kernel';
import type { EventLog, RecordedEvent, StreamHead } from '../platform/event-log';
import { NO_EVENTS } from '../platform/event-log';
import { type Position, START, type StreamName } from '../platform/event-store';
import { RecentMap } from '../platform/runtime';
import type { Aggregate } from './aggregate';

/** What a command did to a stream, remembered so that the same command again gets the same answer. */
export interface Done {
  readonly fingerprint: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** A stream, folded. */
export interface Loaded<State> {
  readonly state: State;
  readonly head: StreamHead;
  /** Position of its last event, START when it has none. */
  readonly position: Position;
  /** What each command did, by its id. */
  readonly commands: ReadonlyMap<string, Done>;
}

/**
 * The same as it is kept: all folds of one stream share one map of commands, which only grows, so that none is ever
 * copied.
 */
export interface Kept<State> extends Loaded<State> {
  readonly commands: Map<string, Done>;
}

/** How far a cached stream can be trusted without asking the log. */
export type Writers =
  /** This process is the only writer (embedded): the cache is the truth. */
  | 'this-process'
  /** Others append too: what is new is read every time. */
  | 'many';

const nothingOf = <State, Command, Event extends DomainEvent>(of: Aggregate<State, Command, Event>): Kept<State> => ({
  state: of.decider.initial,
  head: NO_EVENTS,
  position: START,
  commands: new Map(),
});

const nextRevision = ({ head }: Loaded<unknown>): bigint => (head.revision === 'none' ? 0n : head.revision + 1n);

const advance = <State, Command, Event extends DomainEvent>(
  of: Aggregate<State, Command, Event>,
  kept: Kept<State>,
  events: readonly RecordedEvent<DomainEvent>[],
): Kept<State> => {
  const { commands } = kept;
  let { state, head, position } = kept;
  for (const event of events) {
    const expected = head.revision === 'none' ? 0n : head.revision + 1n;
    assert(event.revision === expected, `${event.stream}: read revision ${event.revision} after ${head.revision}`);
    // The category of the stream says which part of the house's events it holds; the log has validated each of them.
    state = of.decider.evolve(state, event as unknown as Event);
    head = { revision: event.revision, hash: event.meta.hash };
    position = event.position;
    const done = commands.get(event.meta.commandId);
    commands.set(event.meta.commandId, {
      fingerprint: event.meta.fingerprint,
      first: done?.first ?? event.revision,
      last: event.revision,
    });
  }
  return { state, head, position, commands };
};

/**
 * Folded streams by name. One cache for the whole process, so that a busy aggregate reads only what is new, and one
 * queue per stream, so that commands of this process on one stream do not race each other.
 */
export class Streams {
  readonly #log: EventLog<DomainEvent>;
  readonly #writers: Writers;
  readonly #cache: RecentMap<StreamName, Kept<unknown>>;
  readonly #queues = new Map<StreamName, Promise<void>>();

  /** @param most how many streams are kept; the least recently used goes first */
  constructor(log: EventLog<DomainEvent>, writers: Writers, most: number) {
    this.#log = log;
    this.#writers = writers;
    this.#cache = new RecentMap(most);
  }

  /** The stream as it is now. A stream that does not exist folds to the initial state. */
  async load<State, Command, Event extends DomainEvent>(
    of: Aggregate<State, Command, Event>,
    stream: StreamName,
  ): Promise<Kept<State>> {
    const cached = this.#cached(of, stream);
    return cached && this.#writers === 'this-process' ? cached : this.#readOn(of, stream, cached);
  }

  /** Reads what was appended since the stream was cached (by another process), and caches it. */
  refresh<State, Command, Event extends DomainEvent>(
    of: Aggregate<State, Command, Event>,
    stream: StreamName,
  ): Promise<Kept<State>> {
    return this.#readOn(of, stream, this.#cached(of, stream));
  }

  /** Folds what was just appended after `kept`. */
  appended<State, Command, Event extends DomainEvent>(
    of: Aggregate<State, Command, Event>,
    stream: StreamName,
    kept: Kept<State>,
    events: readonly RecordedEvent<DomainEvent>[],
  ): void {
    this.#keep(of, stream, advance(of, kept, events));
  }

  /** Nobody can say what the stream holds now: the next load reads all of it. */
  forget(stream: StreamName): void {
    this.#cache.delete(stream);
  }

  /** Runs the work when no other work of this process is under way on the stream. */
  inTurn<Result>(stream: StreamName, work: () => Promise<Result>): Promise<Result> {
    const before = this.#queues.get(stream);
    const result = before ? before.then(work) : work();
    const leave = (): void => {
      if (this.#queues.get(stream) === settled) this.#queues.delete(stream);
    };
    const settled = result.then(leave, leave);
    this.#queues.set(stream, settled);
    return result;
  }

  async #readOn<State, Command, Event extends DomainEvent>(
    of: Aggregate<State, Command, Event>,
    stream: StreamName,
    from: Kept<State> | undefined,
  ): Promise<Kept<State>> {
    let kept = from ?? nothingOf(of);
    for await (const events of this.#log.readStream(stream, { from: nextRevision(kept) })) {
      kept = advance(of, kept, events);
    }
    return this.#keep(of, stream, kept);
  }

  #cached<State, Command, Event extends DomainEvent>(
    _of: Aggregate<State, Command, Event>,
    stream: StreamName,
  ): Kept<State> | undefined {
    const found = this.#cache.get(stream);
    // A stream is always folded by the aggregate of its category, so what was kept under its name has that state.
    return found as Kept<State> | undefined;
  }

  /** Two may read one stream at the same time: an older fold never takes the place of a newer one. */
  #keep<State, Command, Event extends DomainEvent>(
    of: Aggregate<State, Command, Event>,
    stream: StreamName,
    kept: Kept<State>,
  ): Kept<State> {
    const other = this.#cached(of, stream);
    if (other && nextRevision(other) > nextRevision(kept)) return other;
    this.#cache.set(stream, kept);
    return kept;
  }
}
