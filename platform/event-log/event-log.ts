import type { AppendResult, Position, ReadAllOptions, ReadStreamOptions, StreamName } from '../event-store';

/** An event as the domain speaks it. */
export interface EventShape {
  readonly type: string;
  readonly data: object;
}

/** Who and what caused an event, when, and the link that chains it to its predecessor. */
export interface EventMeta {
  /** Version of the data's shape as it was written; reading lifts it to today's. */
  readonly schema: number;
  readonly commandId: string;
  /** Digest of the command's request: the same id with another request is refused. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: { readonly kind: string; readonly id: string };
  /** Business date the fact counts for. */
  readonly valueDate: string;
  /** Instant it was recorded (UTC). */
  readonly bookedAt: string;
  /** SHA-256 over the canonical JSON of the event and of `previousHash`, hex. */
  readonly hash: string;
  /** Hash of the stream's previous event; of its first event: 64 zeros. */
  readonly previousHash: string;
}

/** A fact as it is read back: lifted to today's shape, personal fields sealed in values that can be revealed. */
export type RecordedEvent<E extends EventShape = EventShape> = E & {
  readonly id: string;
  readonly stream: StreamName;
  readonly revision: bigint;
  readonly position: Position;
  readonly meta: EventMeta;
};

export interface LogPage<E extends EventShape> {
  readonly events: readonly RecordedEvent<E>[];
  readonly through: Position;
  readonly caughtUp: boolean;
}

/** Where a stream ends, as the writer knows it: the expected revision of the next append and the hash it links to. */
export interface StreamHead {
  readonly revision: bigint | 'none';
  readonly hash: string;
}

/** Head of a stream that does not exist yet: its first event links to 64 zeros. */
export const NO_EVENTS: StreamHead = { revision: 'none', hash: '0'.repeat(64) };

/** What a writer says about the events it appends, once for all of them. */
export type AppendContext = Omit<EventMeta, 'schema' | 'hash' | 'previousHash' | 'valueDate'> & {
  /** Value date of events whose data has no `valueDate` of its own. */
  readonly businessDate: string;
};

/**
 * The event store with meaning: events go in as the domain speaks them and come out the same, while underneath they
 * are validated, sealed, versioned and chained. There is no other way to write a fact.
 */
export interface EventLog<E extends EventShape> {
  /** Event ids are v5(command id, index), so that the same command appended twice is appended once. */
  append(
    stream: StreamName,
    head: StreamHead,
    events: readonly E[],
    context: AppendContext,
  ): Promise<Appended<E> | Extract<AppendResult, { kind: 'conflict' }>>;
  readStream(stream: StreamName, options?: ReadStreamOptions): AsyncIterable<readonly RecordedEvent<E>[]>;
  readAll(options?: ReadAllOptions): AsyncIterable<LogPage<E>>;
  subscribe(options?: ReadAllOptions): AsyncIterable<LogPage<E>>;
  head(): Promise<Position>;
}

export interface Appended<E extends EventShape> {
  readonly kind: 'appended';
  /** As a reader will find them, but for one thing: all carry the position of the last of them. */
  readonly events: readonly RecordedEvent<E>[];
  readonly head: StreamHead;
  readonly position: Position;
  readonly repeated: boolean;
}
