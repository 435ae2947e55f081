import type { EventMeta, EventShape, RecordedEvent } from '../event-log';
import type { Position, StreamName } from '../event-store';

/**
 * A process: facts in; commands, effects and deadlines out, as data. It keeps no state of its own: what it must know
 * it reads through its view. It may be asked the same again at any time (after a crash, an error, a rebalance): what it
 * answers is carried out under the same ids, so that asking twice does nothing twice.
 */
export interface Saga<E extends EventShape, Command, Effect, View = unknown> {
  readonly name: string;
  /** The event types it reacts to. */
  readonly types: readonly E['type'][];
  /** Events of one key are handled in order, different keys at the same time. */
  readonly key: (event: RecordedEvent<E>) => string;
  readonly react: (event: RecordedEvent<E>, view: View) => Reactions<Command, Effect>;
  readonly onDeadline?: (deadline: Deadline, view: View) => Reactions<Command, Effect>;
}

export type Reactions<Command, Effect> =
  | readonly Reaction<Command, Effect>[]
  | Promise<readonly Reaction<Command, Effect>[]>;

/**
 * What a saga wants done. Names are unique among the reactions given at once, and mean one thing: the id of a command
 * or an effect is made from its cause, the saga and this name ({@link reactionId}).
 */
export type Reaction<Command, Effect> =
  | {
      readonly kind: 'command';
      readonly name: string;
      readonly command: Command;
      /** What to do when it is refused. Without it the cause is parked with the refusal as its reason. */
      readonly ifRefused?: (code: string, detail: string) => readonly Reaction<Command, Effect>[];
    }
  | { readonly kind: 'effect'; readonly name: string; readonly effect: Effect }
  /** Wakes `onDeadline` at this instant. The same name set again for the same key replaces it. */
  | { readonly kind: 'deadline'; readonly name: string; readonly at: string; readonly data: DeadlineData }
  | { readonly kind: 'cancel-deadline'; readonly name: string };

/** Plain JSON. */
export type DeadlineData = Readonly<Record<string, unknown>>;

export interface Deadline {
  /** Made from what set it: set again by something else, it is another one. */
  readonly id: string;
  readonly saga: string;
  /** The key of the event that set it: it is handled in turn with that key's events. */
  readonly key: string;
  readonly name: string;
  /** Instant (UTC) from which it is due. */
  readonly at: string;
  readonly data: DeadlineData;
  readonly correlationId: string;
}

/** What a saga is handling. */
export type Cause<E extends EventShape> =
  | { readonly kind: 'event'; readonly event: RecordedEvent<E> }
  | { readonly kind: 'deadline'; readonly deadline: Deadline };

export interface EffectContext {
  /** The key under which the outside world knows this effect: the same for every attempt. */
  readonly effectId: string;
  readonly correlationId: string;
  /** The event or deadline that led to it. */
  readonly causationId: string;
  /** From 1. */
  readonly attempt: number;
  /** The event's meta; absent when a deadline led to the effect. */
  readonly meta?: EventMeta;
  /** Aborts when the runner stops. */
  readonly signal: AbortSignal;
}

/**
 * Does something to the outside world. Its outcome comes back as reactions, typically the command that records it.
 * Throwing means that it is to be tried again, under the same effect id.
 */
export type EffectHandler<Command, Effect> = (
  effect: Effect,
  context: EffectContext,
) => Promise<readonly Reaction<Command, Effect>[]>;

export interface DispatchContext {
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: { readonly kind: 'system'; readonly id: string };
}

export type DispatchResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

/** The way commands go. Throws when it cannot say whether the command was taken. */
export type Dispatch<Command> = (command: Command, context: DispatchContext) => Promise<DispatchResult>;

/** A cause that could not be handled, or that waits behind one of the same key. */
export interface Parked {
  readonly id: string;
  readonly saga: string;
  readonly key: string;
  readonly cause:
    | {
        readonly kind: 'event';
        readonly id: string;
        readonly type: string;
        readonly stream: StreamName;
        readonly revision: string;
        readonly position: Position;
      }
    | { readonly kind: 'deadline'; readonly deadline: Deadline };
  /** `waiting` behind the parked one of its key; `skipped` by an operator and kept for the record. */
  readonly state: 'parked' | 'waiting' | 'skipped';
  readonly reason: string;
  readonly attempts: number;
  /** When it was parked (UTC). */
  readonly since: string;
}
