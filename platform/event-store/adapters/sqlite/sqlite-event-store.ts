import { setImmediate } from 'node:timers';
import type { Database } from 'better-sqlite3';
import {
  type AppendResult,
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
  type Breathe,
  checkAppend,
  followPages,
  judge,
  pagesToEnd,
  placeOf,
  positionOf,
  type ReadableLog,
  streamPages,
} from '../in-process';
import { EventTable } from './event-table';
import { failureOf } from './failure';
import { GroupCommit, type Transactions } from './group-commit';
import { ABSENT, type StreamHead, StreamHeads } from './stream-heads';

export interface SqliteEventStoreOptions {
  /** How many streams' ends are kept in memory at least. */
  readonly cachedStreams?: number;
}

interface Append {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

const CACHED_STREAMS = 50_000;

/** How much of the log one page looks at when a filter lets little through. */
const SCAN = 10_000;

const breathe: Breathe = () => new Promise((resolve) => void setImmediate(resolve));

/**
 * The log in one SQLite file. It must be the only writer of that file: it numbers events and knows streams' ends from
 * memory. `openSqliteEventStore` sees to that.
 */
export class SqliteEventStore implements EventStore, ReadableLog {
  readonly arrivals = new Arrivals();
  readonly #table: EventTable;
  readonly #heads: StreamHeads;
  readonly #commits: GroupCommit<Append, AppendResult>;
  /** Last position that is durable. */
  #last: number;
  /** Last position given out in the open transaction. */
  #next: number;
  #open = true;

  constructor(
    private readonly database: Database,
    private readonly release: () => void,
    options: SqliteEventStoreOptions = {},
  ) {
    this.#table = new EventTable(database);
    this.#heads = new StreamHeads(options.cachedStreams ?? CACHED_STREAMS);
    this.#last = this.#table.lastPosition();
    this.#next = this.#last;
    this.#commits = new GroupCommit({
      transactions: transactionsOf(database),
      perform: (append) => this.#perform(append),
      weigh: ({ events }) => events.reduce((sum, { data, meta }) => sum + data.length + meta.length, 0),
      committed: () => {
        if (this.#next === this.#last) return;
        this.#last = this.#next;
        this.arrivals.announce();
      },
      undone: () => {
        this.#next = this.#last;
        this.#heads.clear();
      },
      failure: (error) => failureOf(database.name, 'append failed', error),
    });
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    checkAppend(expected, events);
    this.#checkOpen();
    return this.#commits.submit({ stream, expected, events });
  }

  readStream(stream: StreamName, options: ReadStreamOptions = {}): AsyncIterable<readonly StoredEvent[]> {
    return streamPages(
      options,
      (from, count) =>
        this.#ofStream(stream, ({ key, last }) => (from > last ? [] : this.#table.forwards(key, from, count))),
      (from, count) => this.#ofStream(stream, ({ key }) => this.#table.backwards(key, from, count)),
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

  /** Commits what still waits, moves what it can from the write-ahead log into the file, and lets go of the file. */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#commits.drain();
    this.#open = false;
    this.arrivals.announce();
    try {
      this.database.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // A full disk, for one. Nothing is lost: whoever opens the file next finds it all in the write-ahead log.
    } finally {
      this.database.close();
      this.release();
    }
  }

  end(): Position {
    this.#checkOpen();
    return positionOf(this.#last);
  }

  pageAfter(after: Position, categories: readonly string[] | undefined, pageSize: number): Page {
    const place = placeOf(after);
    const upTo = Math.min(this.#last, place + SCAN);
    const count = Math.min(pageSize, SCAN);
    const events = this.#read(() =>
      categories === undefined
        ? this.#table.after(place, count)
        : this.#table.ofCategories(categories, place, upTo, count),
    );
    const last = events.at(-1);
    // A full page ends with its last event, any other one where the look ended.
    const through = last && events.length === count ? placeOf(last.position) : upTo;
    return { events, through: positionOf(through), caughtUp: through >= this.#last };
  }

  #perform({ stream, expected, events }: Append): AppendResult {
    const head = this.#headOf(stream);
    const verdict = judge(expected, events, {
      last: head?.last ?? -1,
      idsBetween: (first, last) => (head ? this.#table.idsBetween(head.key, first, last) : []),
      revisionOf: (id) => head && this.#table.revisionOf(head.key, id),
    });
    switch (verdict.kind) {
      case 'conflict':
        return { kind: 'conflict', actual: head ? BigInt(head.last) : 'none' };
      case 'repeated':
        return appended(verdict.last, (head && this.#table.positionAt(head.key, verdict.last)) ?? 0, true);
      case 'write':
        return this.#write(stream, head ?? this.#startStream(stream), events);
    }
  }

  #write(stream: StreamName, head: StreamHead, events: readonly NewEvent[]): AppendResult {
    for (const event of events) {
      this.#next += 1;
      head.last += 1;
      this.#table.add(this.#next, head.key, head.last, stream, event);
    }
    return appended(head.last, this.#next, false);
  }

  /** Nobody else writes: a stream that was looked for and is not there need not be looked for again. */
  #headOf(stream: StreamName): StreamHead | undefined {
    const known = this.#heads.get(stream);
    if (known) return known === ABSENT ? undefined : known;
    const found = this.#table.head(stream);
    this.#heads.set(stream, found ?? ABSENT);
    return found;
  }

  #startStream(stream: StreamName): StreamHead {
    const head = { key: this.#next + 1, last: -1 };
    this.#table.addStream(stream, head.key);
    this.#heads.set(stream, head);
    return head;
  }

  #ofStream(stream: StreamName, read: (head: StreamHead) => readonly StoredEvent[]): readonly StoredEvent[] {
    return this.#read(() => {
      const head = this.#headOf(stream);
      return head ? read(head) : [];
    });
  }

  #read<T>(run: () => T): T {
    this.#checkOpen();
    try {
      return run();
    } catch (error) {
      throw failureOf(this.database.name, 'read failed', error);
    }
  }

  #checkOpen(): void {
    if (!this.#open) throw new EventStoreError(`${this.database.name}: the event store is closed`);
  }
}

const appended = (revision: number, position: number, repeated: boolean): AppendResult => ({
  kind: 'appended',
  revision: BigInt(revision),
  position: positionOf(position),
  repeated,
});

const transactionsOf = (database: Database): Transactions => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  return {
    begin: () => void begin.run(),
    commit: () => void commit.run(),
    // SQLite undoes a transaction by itself when the disk is full or broken.
    rollback: () => void (database.inTransaction && rollback.run()),
  };
};
