import { type Actor, assert, unreachable } from '../kernel';
import type { PolicyEvent } from './events';
import type { PolicyDocument } from './policy-document';

export const POLICY_STATUSES = ['drafted', 'checked', 'shadow', 'active', 'retired'] as const;

/** One version of a policy. Its content never changes. */
export interface PolicyVersion {
  readonly hash: string;
  /** Counts from 1 in the order of drafting. */
  readonly version: number;
  readonly document: PolicyDocument;
  readonly status: (typeof POLICY_STATUSES)[number];
  readonly draftedBy: Actor;
  /** Who has approved its activation, and not seen it activated yet. */
  readonly approvals: readonly Actor[];
}

/** All versions by hash; at most one is active, and once one was there always is one. */
export interface PolicyState {
  readonly versions: ReadonlyMap<string, PolicyVersion>;
}

export const noPolicy: PolicyState = { versions: new Map() };

export const activeVersion = ({ versions }: PolicyState): PolicyVersion | undefined =>
  [...versions.values()].find(({ status }) => status === 'active');

export const shadowVersions = ({ versions }: PolicyState): readonly PolicyVersion[] =>
  [...versions.values()].filter(({ status }) => status === 'shadow');

const changed = (state: PolicyState, hash: string, change: Partial<PolicyVersion>): PolicyState => {
  const version = state.versions.get(hash);
  assert(version !== undefined, `a fact of ${hash}, which was not drafted`);
  return { versions: new Map(state.versions).set(hash, { ...version, ...change }) };
};

export const evolve = (state: PolicyState, event: PolicyEvent): PolicyState => {
  switch (event.type) {
    case 'PolicyDrafted': {
      const { hash, version, document, by } = event.data;
      const drafted: PolicyVersion = { hash, version, document, status: 'drafted', draftedBy: by, approvals: [] };
      return { versions: new Map(state.versions).set(hash, drafted) };
    }
    case 'PolicyChecked':
      return changed(state, event.data.hash, { status: 'checked' });
    case 'PolicyShadowed':
      return changed(state, event.data.hash, { status: 'shadow' });
    case 'PolicyApproved': {
      const { hash, by } = event.data;
      return changed(state, hash, { approvals: [...(state.versions.get(hash)?.approvals ?? []), by] });
    }
    case 'PolicyActivated': {
      const { hash, replaces } = event.data;
      const before = replaces === undefined ? state : changed(state, replaces, { status: 'retired' });
      return changed(before, hash, { status: 'active', approvals: [] });
    }
    case 'PolicyRetired':
      return changed(state, event.data.hash, { status: 'retired', approvals: [] });
    default:
      return unreachable(event);
  }
};
