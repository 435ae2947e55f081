import type { CloudEvent } from './cloud-event';

/**
 * Public events on their way to other processes and partners. At least once, in order per key. What an adapter must do
 * is in `bus.contract.ts`.
 */

export interface BusMessage {
  /** Messages of one key keep their order: the loan or the application. */
  readonly key: string;
  readonly event: CloudEvent;
}

export type Handler = (message: BusMessage) => Promise<void>;

export interface Subscription {
  /** Stops taking messages, waits for the one in hand. */
  stop(): Promise<void>;
}

/** Something on the topic that is no CloudEvent. It names its place, not its content, which could be anything. */
export interface UnreadableMessage {
  readonly topic: string;
  readonly group: string;
  /** Where it lies, in the broker's own words: `<partition>/<offset>`. */
  readonly place: string;
  readonly reason: string;
}

export interface SubscribeOptions {
  /** Takes over what cannot be read; the message counts as handled when it resolves. Default: it is only reported. */
  readonly onUnreadable?: (message: UnreadableMessage) => Promise<void>;
  /**
   * The handler keeps the order within a key by itself: it is called with the next message before it is done with the
   * one before. If it then throws, that message comes again after its successors.
   */
  readonly pipelined?: boolean;
}

export interface Bus {
  /**
   * Resolves once all messages are safely taken over. Messages of one call, and calls one after the other, keep order.
   */
  publish(topic: string, messages: readonly BusMessage[]): Promise<void>;
  /**
   * Delivers every message of the topic to one member of the group, in order per key. A group that is new begins with
   * the oldest message that is kept. A handler that throws gets the message again, with growing pauses, while other
   * keys go on; handlers must know a message that they have seen (its id, see `deduplicated`).
   */
  subscribe(topic: string, group: string, handler: Handler, options?: SubscribeOptions): Promise<Subscription>;
  /** Stops every subscription of this client and lets go of the broker. */
  close(): Promise<void>;
}

/** What a bus tells its owner, for logs and counters. Nothing here needs an answer. */
export type BusReport =
  | {
      readonly kind: 'handler-failed';
      readonly topic: string;
      readonly group: string;
      readonly key: string;
      readonly id: string;
      /** 1 for the first delivery. */
      readonly attempt: number;
      readonly error: unknown;
    }
  | ({ readonly kind: 'unreadable' } & UnreadableMessage)
  /** A connection or a membership broke and is being made anew. */
  | { readonly kind: 'broken'; readonly what: string; readonly error: unknown };

export type Report = (report: BusReport) => void;

/**
 * The broker could not be reached or refused the work. Messages of a failed publish may or may not be there: send
 * again.
 */
export class BusError extends Error {
  override readonly name = 'BusError';
}
