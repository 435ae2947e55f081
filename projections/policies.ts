import type { Actor } from '../domain/kernel';
import type { POLICY_STATUSES, PolicyDocument } from '../domain/policy';
import type { HouseProjection } from './house-projection';

/** A version of a risk policy, by its hash. */
export interface PolicyDoc {
  readonly hash: string;
  readonly policyId: string;
  readonly version: number;
  readonly status: (typeof POLICY_STATUSES)[number];
  readonly note: string;
  readonly draftedBy: Actor;
  readonly draftedOn: string;
  readonly approvals: readonly { readonly by: Actor; readonly note: string; readonly at: string }[];
  readonly activatedAt?: string;
  readonly document: PolicyDocument;
}

/** Every version of every risk policy, with what became of it. */
export const policies: HouseProjection<PolicyDoc> = {
  name: 'policies',
  version: 1,
  categories: ['policy'],
  indexes: { byVersion: ({ policyId, version }) => [policyId, version] },
  keys: (event) => {
    switch (event.type) {
      case 'PolicyDrafted':
      case 'PolicyChecked':
      case 'PolicyShadowed':
      case 'PolicyApproved':
      case 'PolicyRetired':
        return [event.data.hash];
      case 'PolicyActivated':
        return [event.data.hash, ...(event.data.replaces ? [event.data.replaces] : [])];
      default:
        return [];
    }
  },
  fold: (doc, event, key) => {
    if (event.type === 'PolicyDrafted') {
      const { hash, version, document, by, draftedOn } = event.data;
      const { note } = document;
      const drafted = { hash, policyId: event.stream, version, note, draftedBy: by, draftedOn, document };
      return { ...drafted, status: 'drafted', approvals: [] };
    }
    if (doc === undefined) return undefined;
    switch (event.type) {
      case 'PolicyChecked':
        return { ...doc, status: 'checked' };
      case 'PolicyShadowed':
        return { ...doc, status: 'shadow' };
      case 'PolicyApproved': {
        const { by, note } = event.data;
        return { ...doc, approvals: [...doc.approvals, { by, note, at: event.meta.bookedAt }] };
      }
      case 'PolicyActivated':
        return event.data.hash === key
          ? { ...doc, status: 'active', activatedAt: event.meta.bookedAt }
          : { ...doc, status: 'retired' };
      case 'PolicyRetired':
        return { ...doc, status: 'retired' };
      default:
        return doc;
    }
  },
};
