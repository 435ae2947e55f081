import {
  type AppendResult,
  categoryOf,
  type EventStore,
  EventStoreError,
  type ExpectedRevision,
  type NewEvent,
  type Page,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  type StreamName,
} from '../../event-store';
import {
  Arrivals,
  checkAppend,
  followPages,
  judge,
  pagesToEnd,
  placeOf,
  positionOf,
  type ReadableLog,
  type StreamTail,
  streamPages,
} from '../in-process';

/** Takes no turn of the event loop: a simulation stays on microtasks and so in one reproducible order. */
const breathe = (): Promise<void> => Promise.resolve();

/** How much of the log one page looks at when a filter lets little through. */
const SCAN = 10_000;

/** The log as a list, for tests and simulations. It forgets everything with the process. */
export class MemoryEventStore implements EventStore, ReadableLog {
  readonly arrivals = new Arrivals();
  readonly #log: StoredEvent[] = [];
  readonly #streams = new Map<StreamName, StoredEvent[]>();
  #closed = false;

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    checkAppend(expected, events);
    this.#checkOpen();
    const there = this.#streams.get(stream) ?? [];
    const verdict = judge(expected, events, tailOf(there));
    switch (verdict.kind) {
      case 'conflict':
        return { kind: 'conflict', actual: there.at(-1)?.revision ?? 'none' };
      case 'repeated':
        return appended(there[verdict.last], true);
      case 'write': {
        for (const { id, type, data, meta } of events) {
          const revision = BigInt(there.length);
          const event = { id, type, data, meta, stream, revision, position: positionOf(this.#log.length + 1) };
          there.push(event);
          this.#log.push(event);
        }
        this.#streams.set(stream, there);
        this.arrivals.announce();
        return appended(there.at(-1), false);
      }
    }
  }

  readStream(stream: StreamName, options: ReadStreamOptions = {}): AsyncIterable<readonly StoredEvent[]> {
    const events = (): readonly StoredEvent[] => {
      this.#checkOpen();
      return this.#streams.get(stream) ?? [];
    };
    return streamPages(
      options,
      (from, count) => events().slice(from, from + count),
      (from, count) => {
        const end = Math.min(from + 1, events().length);
        return events()
          .slice(Math.max(0, end - count), end)
          .reverse();
      },
      breathe,
    );
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<Page> {
    return pagesToEnd(this, breathe, options);
  }

  subscribe(options: ReadAllOptions = {}): AsyncIterable<Page> {
    return followPages(this, breathe, options);
  }

  async head(): Promise<Position> {
    return this.end();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.arrivals.announce();
  }

  end(): Position {
    this.#checkOpen();
    return positionOf(this.#log.length);
  }

  pageAfter(after: Position, categories: readonly string[] | undefined, pageSize: number): Page {
    this.#checkOpen();
    const first = placeOf(after);
    const wanted = categories && new Set(categories);
    const events: StoredEvent[] = [];
    let next = first;
    while (next < Math.min(this.#log.length, first + SCAN) && events.length < pageSize) {
      const event = this.#log[next];
      if (event && (wanted?.has(categoryOf(event.stream)) ?? true)) events.push(event);
      next += 1;
    }
    return { events, through: positionOf(next), caughtUp: next >= this.#log.length };
  }

  #checkOpen(): void {
    if (this.#closed) throw new EventStoreError('the event store is closed');
  }
}

const tailOf = (events: readonly StoredEvent[]): StreamTail => ({
  last: events.length - 1,
  idsBetween: (first, last) => events.slice(first, last + 1).map((event) => event.id),
  revisionOf: (id) => {
    const found = events.findIndex((event) => event.id === id);
    return found < 0 ? undefined : found;
  },
});

const appended = (last: StoredEvent | undefined, repeated: boolean): AppendResult => {
  if (last === undefined) throw new EventStoreError('an append left no event behind');
  return { kind: 'appended', revision: last.revision, position: last.position, repeated };
};
