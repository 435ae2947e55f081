import type { DomainEvent } from '../domain/events';
import type { Decider } from '../domain/kernel';

/**
 * An aggregate as the command handler and the sagas see it: the category of its streams and its decider. `Event` is
 * the part of the house's events that its streams hold.
 */
export interface Aggregate<State, Command, Event extends DomainEvent> {
  readonly category: string;
  readonly decider: Decider<State, Command, Event>;
}
