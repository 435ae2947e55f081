import { type PolicyDocument, policyDocumentSchema } from '../../domain/policy';
import admission from './shipped/admission.json';
import policy from './shipped/policy.json';
import requirements from './shipped/requirements.json';
import scorecardRules from './shipped/scorecard-rules.json';
import segmentation from './shipped/segmentation.json';
import treesRules from './shipped/trees-rules.json';

/** The policy that the house begins with. Its rules are files that a rule editor opens. */
export const shippedPolicy: PolicyDocument = policyDocumentSchema.parse({
  ...policy,
  rules: {
    segmentation,
    admission,
    requirements,
    'scorecard-rules': scorecardRules,
    'trees-rules': treesRules,
  },
});
