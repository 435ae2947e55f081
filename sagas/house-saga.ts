import type { CommandRequest, StateReader } from '../commands';
import type { DomainEvent } from '../domain/events';
import type { RecordedEvent } from '../platform/event-log';
import type { Reaction as ProcessingReaction, Saga } from '../platform/processing';
import type { Effect } from './effects/effect';

/** A process of the house: facts in; commands, effects and deadlines out. Pure: what it knows it reads from streams. */
export type HouseSaga = Saga<DomainEvent, CommandRequest, Effect, StateReader>;
export type Reaction = ProcessingReaction<CommandRequest, Effect>;

/** A fact of one type. */
export type Fact<Type extends DomainEvent['type']> = RecordedEvent<Extract<DomainEvent, { readonly type: Type }>>;

/** A command to give; its id is made from the fact and this name, so that it is given once. */
export const command = (
  name: string,
  request: CommandRequest,
  ifRefused?: (code: string, detail: string) => readonly Reaction[],
): Reaction => ({ kind: 'command', name, command: request, ...(ifRefused ? { ifRefused } : {}) });

export const effect = (name: string, asked: Effect): Reaction => ({ kind: 'effect', name, effect: asked });

/** For commands whose refusal only says that others were faster or that the matter has been settled meanwhile. */
export const nothing = (): readonly Reaction[] => [];
