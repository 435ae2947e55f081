/**
 * Public events on their way to other processes and partners. At least once, in order per key. What an adapter must do
 * is in `bus.contract.ts`.
 */

/** A CloudEvents 1.0 envelope. `data` has the event type's public schema. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** The event's id: consumers de-duplicate by it. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The stream. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
  /** Extension attributes: where to find the fact itself in the log. */
  readonly revision: string;
  readonly position: string;
  readonly correlationid: string;
}

export interface BusMessage {
  /** Messages of one key keep their order: the loan or the application. */
  readonly key: string;
  readonly event: CloudEvent;
}

export interface Subscription {
  /** Stops taking messages, waits for the one in hand. */
  stop(): Promise<void>;
}

export interface Bus {
  /** Resolves once all messages are safely taken over. */
  publish(topic: string, messages: readonly BusMessage[]): Promise<void>;
  /**
   * Delivers every message of the topic to one member of the group, in order per key. A handler that throws gets the
   * message again; handlers must know a message that they have seen (its id).
   */
  subscribe(topic: string, group: string, handler: (message: BusMessage) => Promise<void>): Promise<Subscription>;
  close(): Promise<void>;
}
