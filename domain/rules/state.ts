import { type Actor, assert, unreachable } from '../kernel';
import type { RuleSet } from '../reconciliation';
import type { RulesEvent } from './events';

/** One version of the rules of one counterparty. Its content never changes. */
export interface RuleSetVersion {
  readonly hash: string;
  readonly document: RuleSet;
  readonly draftedBy: Actor;
  /** It was held against a past statement. */
  readonly tried: boolean;
}

/** All versions by hash, and which of them is in force. */
export interface RulesState {
  readonly versions: ReadonlyMap<string, RuleSetVersion>;
  readonly active: RuleSetVersion | undefined;
}

export const noRules: RulesState = { versions: new Map(), active: undefined };

const versionOf = ({ versions }: RulesState, hash: string): RuleSetVersion => {
  const version = versions.get(hash);
  assert(version !== undefined, `a fact of ${hash}, which was not drafted`);
  return version;
};

export const evolve = (state: RulesState, event: RulesEvent): RulesState => {
  switch (event.type) {
    case 'RuleSetDrafted': {
      const { hash, document, by } = event.data;
      const drafted: RuleSetVersion = { hash, document, draftedBy: by, tried: false };
      return { ...state, versions: new Map(state.versions).set(hash, drafted) };
    }
    case 'RuleSetTried': {
      const tried = { ...versionOf(state, event.data.hash), tried: true };
      return { ...state, versions: new Map(state.versions).set(tried.hash, tried) };
    }
    case 'RuleSetActivated':
      return { ...state, active: versionOf(state, event.data.hash) };
    default:
      return unreachable(event);
  }
};
