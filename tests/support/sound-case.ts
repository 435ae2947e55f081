import type { DecisionCase, Evidence } from '../../risk/decision';
import { FEATURE_NAMES, type FeatureVector } from '../../risk/features';

// Every name is there, and null is a value of each.
const nothingKnown = Object.fromEntries(FEATURE_NAMES.map((name) => [name, null])) as FeatureVector['values'];

const features: FeatureVector['values'] = {
  ...nothingKnown,
  age: 35,
  region: '31',
  identityVerified: true,
  termMonths: 12,
  amount: 5_000,
  monthlyIncome: 12_000,
  installmentShare: 0.1,
  employment: '4-to-7-years',
  housing: 'rent',
  property: 'life-insurance',
  purpose: 'used-car',
  residence: '4-to-7-years',
  blacklisted: false,
  checkingStatus: '200-and-more',
  creditHistory: 'all-paid-here',
  savings: '1000-and-more',
  existingCredits: '1',
  otherInstallmentPlans: 'none',
};

const given: DecisionCase = {
  borrowerId: 'borrower-sound',
  product: 'Personal credit',
  channel: 'app',
  asked: {
    principal: { amount: '5000.00', currency: 'CNY' },
    least: { amount: '250.00', currency: 'CNY' },
    installments: 12,
  },
  features,
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
  features: { ...features, ...changes },
});
