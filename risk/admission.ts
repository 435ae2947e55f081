import type { DecisionReason } from '../domain/application';
import { compareRates } from '../domain/kernel';
import type { Features } from './features';
import type { PolicyDocument } from './policy';

/** What a rule says: fine, no, or a person has to look. */
export type Verdict = 'pass' | 'reject' | 'refer';

export interface AdmissionRule {
  readonly name: string;
  readonly reason: DecisionReason;
  readonly judge: (features: Features, policy: PolicyDocument) => Verdict;
}

/** The rules that come before any score, in order. What a source did not say is never taken for good news. */
export const ADMISSION_RULES: readonly AdmissionRule[] = [
  {
    name: 'identity-verified',
    reason: 'IDENTITY_NOT_VERIFIED',
    judge: ({ identityVerified }) => (identityVerified ? 'pass' : 'reject'),
  },
  {
    name: 'age-in-range',
    reason: 'AGE_OUTSIDE_RANGE',
    judge: ({ age }, { admission }) => {
      if (age === null) return 'refer';
      return age >= admission.age.least && age <= admission.age.most ? 'pass' : 'reject';
    },
  },
  {
    name: 'region-served',
    reason: 'REGION_NOT_SERVED',
    judge: ({ region }, { admission }) => (admission.deniedRegions.includes(region) ? 'reject' : 'pass'),
  },
  {
    name: 'not-blacklisted',
    reason: 'BLACKLISTED',
    judge: ({ blacklisted }) => (blacklisted === true ? 'reject' : 'pass'),
  },
  {
    name: 'bureau-answered',
    reason: 'BUREAU_UNAVAILABLE',
    judge: ({ creditHistory }) => (creditHistory === null ? 'refer' : 'pass'),
  },
  {
    name: 'installment-within-means',
    reason: 'INSTALLMENT_ABOVE_MEANS',
    judge: ({ installmentShare }, { admission }) => {
      if (installmentShare === null) return 'reject';
      return compareRates(installmentShare, admission.installmentShareMost) <= 0 ? 'pass' : 'reject';
    },
  },
];
