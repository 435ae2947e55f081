import { assert, type BusinessDate } from '../kernel';
import type { CollectionsEvent } from './events';
import { type CaseState, evolve, type OpenCase } from './state';
import { type NextAction, nextAction, strategyNamed } from './strategy';

/** Writes the facts that follow from one command, each by what the ones before have made of the case. */
export class CasePen {
  readonly events: CollectionsEvent[] = [];
  #state: CaseState;

  constructor(state: CaseState) {
    this.#state = state;
  }

  get state(): CaseState {
    return this.#state;
  }

  /** The case, where it is known to be open. */
  get open(): OpenCase {
    assert(this.#state.status === 'open', () => `written on while ${this.#state.status}`);
    return this.#state;
  }

  write(event: CollectionsEvent): void {
    this.events.push(event);
    this.#state = evolve(this.#state, event);
  }
}

/**
 * What a person is to do next on a case, by its strategy: nothing while an agency or a court has it. `changed` is what
 * the fact at hand will have changed of the case.
 */
export const nextOf = (
  open: OpenCase,
  today: BusinessDate,
  changed: Partial<Pick<OpenCase, 'contacts' | 'stage' | 'waitsUntil'>> = {},
): { readonly next?: NextAction } => {
  const { strategy, jurisdiction, contacts, stage, waitsUntil, agency, inCourt } = { ...open, ...changed };
  if (stage === undefined || agency !== undefined || inCourt) return {};
  const notBefore = waitsUntil === undefined || waitsUntil < today ? today : waitsUntil;
  const progress = { jurisdiction, stage: stage.name, stageSince: stage.since, contacts, notBefore };
  return { next: nextAction(strategyNamed(strategy), progress) };
};
