import type { Refusal } from './refusal';

/**
 * An aggregate: three pure things. `decide` answers a command with the facts that follow from it, or refuses; `evolve`
 * folds one fact into the state and never refuses, because facts have already happened.
 */
export interface Decider<State, Command, Event> {
  readonly initial: State;
  readonly decide: (command: Command, state: State) => readonly Event[] | Refusal;
  readonly evolve: (state: State, event: Event) => State;
}

/** Folds facts, oldest first, into a state. */
export const fold = <State, Event>(
  decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  events: Iterable<Event>,
): State => {
  let state = decider.initial;
  for (const event of events) state = decider.evolve(state, event);
  return state;
};
