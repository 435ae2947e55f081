/**
 * The one narrow door to the log. A store keeps bytes: it knows streams, revisions and order, and nothing of what an
 * event means. Everything an adapter must do is in `event-store.contract.ts`, which runs against each of them.
 */

/** "loan-4q2m…": the category is the text before the first "-". */
export type StreamName = string;

/**
 * A place in the total order of the log. Opaque, but for one promise: as texts, positions sort in log order, so they
 * can be compared with < and kept anywhere.
 */
export type Position = string;

/** Before the first event. */
export const START: Position = '';

export const categoryOf = (stream: StreamName): string => {
  const dash = stream.indexOf('-');
  return dash < 0 ? stream : stream.slice(0, dash);
};

export interface NewEvent {
  /** UUID, made from the command: appending the same ids again is appending once. */
  readonly id: string;
  readonly type: string;
  /** JSON text. */
  readonly data: string;
  /** JSON text. */
  readonly meta: string;
}

export interface StoredEvent extends NewEvent {
  readonly stream: StreamName;
  /** Place in its stream, from 0. */
  readonly revision: bigint;
  readonly position: Position;
}

/** `none`: the stream must not exist. A revision: its last event must have that revision. `any`: no condition. */
export type ExpectedRevision = bigint | 'none' | 'any';

export type AppendResult =
  | {
      readonly kind: 'appended';
      /** Revision and position of the last event appended. */
      readonly revision: bigint;
      readonly position: Position;
      /** The very same ids were there already; nothing was written now. */
      readonly repeated: boolean;
    }
  | { readonly kind: 'conflict'; readonly actual: bigint | 'none' };

export interface ReadStreamOptions {
  /** First revision to read, inclusive. Default: the first event forwards, the last event backwards. */
  readonly from?: bigint;
  readonly direction?: 'forwards' | 'backwards';
  /** At most so many events. Default: no bound. */
  readonly limit?: number;
  /** Aborting makes the read fail with the signal's reason: a stream cut short must not pass for a whole one. */
  readonly signal?: AbortSignal;
}

export interface ReadAllOptions {
  /** Read what lies after this position. Default: from the start. */
  readonly after?: Position;
  /** Only streams of these categories. Default: all. */
  readonly categories?: readonly string[];
  /** At most so many events a page. Adapters choose a sensible default. */
  readonly pageSize?: number;
  /** Aborting makes `readAll` fail with the signal's reason and ends a `subscribe` without an error. */
  readonly signal?: AbortSignal;
}

/** A run of events in log order. */
export interface Page {
  readonly events: readonly StoredEvent[];
  /**
   * Everything up to here has been considered, matching or not: the place to resume from. Unlike the position of the
   * last event it also moves when the filter let nothing through.
   */
  readonly through: Position;
  /** There was nothing beyond this page when it was read. */
  readonly caughtUp: boolean;
}

export interface EventStore {
  /**
   * Appends all of the events (at least one) or none. Resolves once they are durable. A conflict is a value; a broken
   * store throws {@link EventStoreError}, and then the outcome may be unknown: append the same ids again, with the
   * same expectation.
   */
  append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult>;
  /** Pages of one stream; a stream that does not exist has none. */
  readStream(stream: StreamName, options?: ReadStreamOptions): AsyncIterable<readonly StoredEvent[]>;
  /** Pages of the whole log, to its end at the time of reading. There is at least one; the last one is `caughtUp`. */
  readAll(options?: ReadAllOptions): AsyncIterable<Page>;
  /**
   * Pages of the whole log, then new events as they are appended, without gap or duplicate, until the signal aborts
   * (the iteration then ends without an error). The first `caughtUp` page comes even if it is empty; after that,
   * `through` follows the end of the log whether or not the filter lets anything pass. Pulled by the reader: a slow
   * reader holds nobody up.
   */
  subscribe(options?: ReadAllOptions): AsyncIterable<Page>;
  /** Position of the last event of the log, or START. */
  head(): Promise<Position>;
  /** Ends the store's work. Later calls, and subscriptions still open, fail with {@link EventStoreError}. */
  close(): Promise<void>;
}

/**
 * The store could not do its work: not reachable, disk full, file in use. Says nothing about whether an append
 * happened.
 */
export class EventStoreError extends Error {
  override readonly name = 'EventStoreError';
}
