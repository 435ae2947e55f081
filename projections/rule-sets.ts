import type { Actor } from '../domain/kernel';
import type { RuleSet } from '../domain/reconciliation';
import type { Trial } from '../domain/rules';
import type { HouseProjection } from './house-projection';

export const RULE_SET_STATUSES = ['drafted', 'tried', 'active', 'replaced'] as const;

/** A version of the rules of reconciliation, by its hash. */
export interface RuleSetDoc {
  readonly hash: string;
  readonly rulesId: string;
  /** "quickpay@2", as statements name the rules that they were held against our movements by. */
  readonly rules: string;
  readonly version: number;
  readonly status: (typeof RULE_SET_STATUSES)[number];
  readonly draftedBy: Actor;
  readonly draftedOn: string;
  readonly trials: readonly (Trial & { readonly by: Actor })[];
  readonly activations: readonly { readonly by: Actor; readonly note: string; readonly at: string }[];
  readonly document: RuleSet;
}

/** Every version of every rule set, with what became of it. */
export const ruleSets: HouseProjection<RuleSetDoc> = {
  name: 'rule-sets',
  version: 1,
  categories: ['rules'],
  indexes: { byVersion: ({ rulesId, version }) => [rulesId, version] },
  keys: (event) => {
    switch (event.type) {
      case 'RuleSetDrafted':
      case 'RuleSetTried':
        return [event.data.hash];
      case 'RuleSetActivated':
        return [event.data.hash, ...(event.data.replaces ? [event.data.replaces] : [])];
      default:
        return [];
    }
  },
  fold: (doc, event, key) => {
    if (event.type === 'RuleSetDrafted') {
      const { hash, by, document, draftedOn } = event.data;
      const { name, version } = document;
      const drafted = { hash, rulesId: event.stream, rules: `${name}@${version}`, version, document };
      return { ...drafted, status: 'drafted', draftedBy: by, draftedOn, trials: [], activations: [] };
    }
    if (doc === undefined) return undefined;
    switch (event.type) {
      case 'RuleSetTried': {
        const { trial, by } = event.data;
        const status = doc.status === 'drafted' ? 'tried' : doc.status;
        return { ...doc, status, trials: [...doc.trials, { ...trial, by }] };
      }
      case 'RuleSetActivated': {
        const { hash, by, note } = event.data;
        if (hash !== key) return { ...doc, status: 'replaced' };
        const activation = { by, note, at: event.meta.bookedAt };
        return { ...doc, status: 'active', activations: [...doc.activations, activation] };
      }
      default:
        return doc;
    }
  },
};
