import { setMaxListeners } from 'node:events';
import { systemTimers, type Timers } from '../../../runtime';
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
import { checkAppend } from '../in-process';
import { Appending } from './appending';
import type { ClientDialect } from './dialect';
import type { FollowerParts } from './follower';
import { follow } from './following';
import { Horizon } from './horizon';
import { LogReading } from './log-reading';
import { Patience, type PatienceSettings } from './patience';
import { streamPages } from './stream-reading';

export interface EventStoreDbOptions extends Partial<PatienceSettings> {
  /** How long a subscription with a category filter may be silent before the log itself is looked at. */
  readonly quietMs?: number;
  readonly timers?: Timers;
}

/** Seven seconds in all: as long as a cluster may take to choose another leader, and no longer than a caller waits. */
const PATIENCE: PatienceSettings = { attempts: 8, firstPauseMs: 50, longestPauseMs: 2_000, deadlineMs: 10_000 };
const QUIET_MS = 250;

/** The log on an EventStoreDB or KurrentDB server. */
export class EventStoreDbEventStore implements EventStore {
  readonly #patience: Patience;
  readonly #log: LogReading;
  readonly #appending: Appending;
  readonly #following: FollowerParts;
  readonly #closing = new AbortController();
  readonly #appends = new Set<Promise<unknown>>();

  constructor(
    private readonly client: ClientDialect,
    { quietMs = QUIET_MS, timers = systemTimers, ...settings }: EventStoreDbOptions = {},
  ) {
    const closed = this.#closing.signal;
    setMaxListeners(0, closed);
    const horizon = new Horizon();
    const patience = new Patience({ ...PATIENCE, ...settings }, timers, closed);
    this.#patience = patience;
    this.#log = new LogReading(client, patience, horizon, closed);
    this.#appending = new Appending(client, patience, horizon, this.#log);
    this.#following = { client, patience, horizon, log: this.#log, timers, quietMs, closed };
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    checkAppend(expected, events);
    if (stream.startsWith('$')) throw new RangeError(`"${stream}" is a name for the server's own streams`);
    this.#closing.signal.throwIfAborted();
    const append = this.#appending.append(stream, expected, events);
    this.#appends.add(append);
    try {
      return await append;
    } finally {
      this.#appends.delete(append);
    }
  }

  readStream(stream: StreamName, options: ReadStreamOptions = {}): AsyncIterable<readonly StoredEvent[]> {
    return streamPages(this.client, this.#patience, stream, options, this.#closing.signal);
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<Page> {
    return this.#log.pages(options);
  }

  subscribe(options: ReadAllOptions = {}): AsyncIterable<Page> {
    return follow(this.#following, options);
  }

  head(): Promise<Position> {
    return this.#log.head();
  }

  /** Waits for the answers of appends under way, but tries none of them again. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new EventStoreError('the event store is closed'));
    await Promise.allSettled(this.#appends);
    await this.client.dispose();
  }
}
