import type { DomainEvent } from '../domain/events';
import { assert } from '../domain/kernel';
import type { EventLog, RecordedEvent, StreamHead } from '../platform/event-log';
import { NO_EVENTS } from '../platform/event-log';
import { type Position, START, type StreamName } from '../platform/event-store';
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
  readonly commands: ReadonlyMap<string, Done>;
}

/** How far a cached stream can be trusted without asking the log. */
export type Writers =
  /** This process is the only writer (embedded): the cache is the truth. */
  | 'this-process'
  /** Others append too: what is new is read every time. */
  | 'many';

/** Streams kept folded in memory; the least recently used goes first. */
const CACHED_STREAMS_MAX = 50_000;

const advance = <State, Command, Event extends DomainEvent>(
  of: Aggregate<State, Command, Event>,
  loaded: Loaded<State>,
  events: readonly RecordedEvent<DomainEvent>[],
): Loaded<State> => {
  let { state, head, position } = loaded;
  const commands = new Map(loaded.commands);
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
  readonly #cache = new Map<StreamName, Loaded<unknown>>();
  readonly #queues = new Map<StreamName, Promise<void>>();

  constructor(log: EventLog<DomainEvent>, writers: Writers) {
    this.#log = log;
    this.#writers = writers;
  }

  /** The stream as it is now. A stream that does not exist folds to the initial state. */
  async load<State, Command, Event extends DomainEvent>(
    of: Aggregate<State, Command, Event>,
    stream: StreamName,
  ): Promise<Loaded<State>> {
    const cached = this.cached(of, stream);
    if (cached && this.#writers === 'this-process') return cached;
    return this.refresh(of, stream, cached);
  }

  /** Reads what was appended since the stream was cached (by another process), and caches it. */
  async refresh<State, Command, Event extends DomainEvent>(
    of: Aggregate<State, Command, Event>,
    stream: StreamName,
    cached = this.cached(of, stream),
  ): Promise<Loaded<State>> {
    let loaded: Loaded<State> = cached ?? {
      state: of.decider.initial,
      head: NO_EVENTS,
      position: START,
      commands: new Map(),
    };
    const from = loaded.head.revision === 'none' ? 0n : loaded.head.revision + 1n;
    for await (const events of this.#log.readStream(stream, { from })) loaded = advance(of, loaded, events);
    return this.keep(stream, loaded);
  }

  /** Folds what was just appended after `loaded`. */
  appended<State, Command, Event extends DomainEvent>(
    of: Aggregate<State, Command, Event>,
    stream: StreamName,
    loaded: Loaded<State>,
    events: readonly RecordedEvent<DomainEvent>[],
  ): Loaded<State> {
    return this.keep(stream, advance(of, loaded, events));
  }

  /** Runs the work when no other work of this process is under way on the stream. */
  async inTurn<Result>(stream: StreamName, work: () => Promise<Result>): Promise<Result> {
    const before = this.#queues.get(stream);
    const result = before ? before.then(work) : work();
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.#queues.set(stream, settled);
    try {
      return await result;
    } finally {
      if (this.#queues.get(stream) === settled) this.#queues.delete(stream);
    }
  }

  private cached<State, Command, Event extends DomainEvent>(
    _of: Aggregate<State, Command, Event>,
    stream: StreamName,
  ): Loaded<State> | undefined {
    const found = this.#cache.get(stream);
    if (!found) return undefined;
    this.#cache.delete(stream);
    this.#cache.set(stream, found);
    // A stream is always folded by the aggregate of its category, so what was kept under its name has that state.
    return found as Loaded<State>;
  }

  private keep<State>(stream: StreamName, loaded: Loaded<State>): Loaded<State> {
    this.#cache.delete(stream);
    this.#cache.set(stream, loaded);
    if (this.#cache.size > CACHED_STREAMS_MAX) {
      const oldest = this.#cache.keys().next();
      if (!oldest.done) this.#cache.delete(oldest.value);
    }
    return loaded;
  }
}
