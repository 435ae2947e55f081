/**
 * What the adapter wants of a client library, in its own words. `@eventstore/db-client` 6.2.1 is the last of its line:
 * it still speaks what servers up to KurrentDB 26 serve, and gets no more releases. Its successor
 * `@kurrent/kurrentdb-client` differs in the name of the client, the schemes it accepts, the name of one option
 * (`streamState`) and the fields of one error, so that a second file like `db-client.ts` is all that the change needs.
 * The two cannot be loaded into one process: their generated messages overwrite each other.
 */
import type { ExpectedRevision, StreamName } from '../../event-store';
import type { JsonValue } from './event-text';
import type { LogPlace } from './position';

export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JsonValue;
  readonly metadata: JsonValue;
}

/** An event as it comes from the client. */
export interface ServerEvent {
  readonly id: string;
  readonly stream: StreamName;
  readonly revision: bigint;
  readonly place: LogPlace;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

export type AppendAnswer =
  /** With the revision of the last event. Says not whether the events were there before. */
  | { readonly kind: 'appended'; readonly revision: bigint }
  | { readonly kind: 'conflict'; readonly actual: bigint | 'none' };

/** A bounded read; where it begins is included. */
export interface StreamRead {
  readonly stream: StreamName;
  readonly from: bigint | 'start' | 'end';
  readonly backwards: boolean;
  readonly count: number;
}

export interface LogRead {
  /** Included going forwards, excluded going backwards. */
  readonly from: LogPlace | 'start' | 'end';
  readonly backwards: boolean;
  readonly count: number;
}

/** What a subscription leaves out at the server. It may still send what it should not. */
export type SubscriptionFilter =
  | { readonly kind: 'no system events' }
  | { readonly kind: 'streams'; readonly pattern: string };

/** A message of a subscription that is no event. Stands in its stream at the place where the server sent it. */
export class Mark {
  constructor(readonly what: 'caught up' | 'fell behind' | { readonly considered: LogPlace }) {}
}

/** Of a readable stream what is needed to wait for it. */
export interface MessageStream {
  readonly destroyed: boolean;
  readonly readableLength: number;
  on(event: 'readable' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface ServerSubscription {
  /** What arrives, to wait for. It holds back the server when nothing is taken from it. */
  readonly stream: MessageStream;
  /** The next message that has arrived, in the order of the log. */
  next(): ServerEvent | Mark | undefined;
  cancel(): void;
}

export interface ClientDialect {
  append(
    stream: StreamName,
    expected: ExpectedRevision,
    events: readonly ProposedEvent[],
    deadlineMs: number,
  ): Promise<AppendAnswer>;
  /** A stream that is not there has no events. */
  readStream(read: StreamRead, signal: AbortSignal): Promise<readonly ServerEvent[]>;
  readLog(read: LogRead, signal: AbortSignal): Promise<readonly ServerEvent[]>;
  /** Everything behind a place, then what comes. */
  subscribe(after: LogPlace | 'start', filter: SubscriptionFilter, buffer: number): ServerSubscription;
  dispose(): Promise<void>;
}
