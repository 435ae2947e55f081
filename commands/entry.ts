import type { DomainCommand } from '../domain/commands';
import type { DomainEvent } from '../domain/events';
import type { Actor, Issued } from '../domain/kernel';
import type { StreamName } from '../platform/event-store';
import type { Aggregate } from './aggregate';
import type { Loaded } from './streams';

export type CommandType = DomainCommand['type'];
export type CommandOfType<Type extends CommandType> = Extract<DomainCommand, { readonly type: Type }>;
export type DataOf<Type extends CommandType> = CommandOfType<Type>['data'];
export type FactsOf<Type extends CommandType> =
  CommandOfType<Type> extends { readonly facts: infer Facts } ? Facts : undefined;
export type ActorKind = Actor['kind'];

/** A command as it is asked for; the handler adds who, when, and the facts it looks up. */
export type CommandRequest<Type extends CommandType = CommandType> = {
  readonly [T in Type]: { readonly type: T; readonly data: DataOf<T> };
}[Type];

/** Reads other streams for a decision. Streams, never read models: what decides must be right. */
export interface StateReader {
  load<State, Command, Event extends DomainEvent>(
    of: Aggregate<State, Command, Event>,
    id: StreamName,
  ): Promise<Loaded<State>>;
}

interface Rules<Type extends CommandType> {
  /** The stream that decides: the id of the aggregate. */
  readonly stream: (data: DataOf<Type>) => StreamName;
  /** Must the stream be new, or exist already? Checked here, once, for every command. */
  readonly existence: 'new' | 'existing' | 'any';
  /** Who may give it, besides the house itself. */
  readonly who: readonly ActorKind[];
  /**
   * A command on another stream that must have succeeded before this one is decided (a claim). It is given only where
   * this one is new, so that no repetition and no other request under its id leaves a claim behind.
   */
  readonly first?: (data: DataOf<Type>) => CommandRequest;
}

/** What it has to know of other streams, where its decider asks for facts. */
type LookUp<Type extends CommandType> =
  FactsOf<Type> extends undefined
    ? { readonly lookUp?: never }
    : { readonly lookUp: (data: DataOf<Type>, issued: Issued, read: StateReader) => Promise<FactsOf<Type>> };

/** Everything the handler must know about one type of command. */
export type CommandEntry<Type extends CommandType> = Rules<Type> & LookUp<Type>;
