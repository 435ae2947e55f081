import { type DecisionCase, type Evidence, SOUND_VALUES } from '../../risk/decision';
import { FEATURE_NAMES, type FeatureVector } from '../../risk/features';

const given: DecisionCase = {
  borrowerId: 'borrower-sound',
  product: 'Personal credit',
  channel: 'app',
  asked: {
    principal: { amount: '5000.00', currency: 'CNY' },
    least: { amount: '250.00', currency: 'CNY' },
    installments: 12,
  },
  features: SOUND_VALUES,
};

const evidence: Evidence = {
  provenance: Object.fromEntries(
    FEATURE_NAMES.map((name) => [name, { source: 'application', observedAt: null, ageMs: null }]),
  ) as Evidence['provenance'],
  lists: {},
};

/** Somebody whom any sensible policy lends to. */
export const SOUND_CASE = { given, evidence } as const;

/** The same with something else about them. */
export const caseWith = (changes: Partial<FeatureVector['values']>, borrowerId = given.borrowerId): DecisionCase => ({
  ...given,
  borrowerId,
  features: { ...SOUND_VALUES, ...changes },
});
