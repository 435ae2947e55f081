import type { Language, MessageChannel } from '../../domain/notices';

/** A message as it goes out: the only place where an address stands in clear. */
export interface OutgoingMessage {
  /** Names this attempt for good; a partner that knows keys takes one key once. */
  readonly key: string;
  readonly to: string;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
}

export type MessageOutcome =
  /** The partner has taken it. */
  | { readonly outcome: 'sent'; readonly reference: string }
  /** It certainly has not gone out. `final`: nor would it the next time. */
  | { readonly outcome: 'failed'; readonly reason: string; readonly final: boolean }
  /** It may or may not have gone out: it must not be sent again. */
  | { readonly outcome: 'unknown'; readonly reason: string };

/** A way by which messages go to borrowers. Never throws; reasons never hold an address. */
export interface MessageGateway {
  /** On record with every message. */
  readonly name: string;
  readonly channel: MessageChannel;
  /** It takes one key once: a message may be handed to it again. */
  readonly knowsKeys: boolean;
  send(message: OutgoingMessage): Promise<MessageOutcome>;
  /** Whether an attempt that nobody knows the outcome of has gone out; partners that cannot tell say so. */
  find(key: string): Promise<Exclude<MessageOutcome, { outcome: 'failed' }>>;
}
