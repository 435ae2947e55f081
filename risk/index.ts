export { type Conclusion, conclude } from './decide';
export { type Features, featuresSchema } from './features';
export { firstCreditPolicy, type Policy, type PolicyDocument, policySchema, readPolicy } from './policy';
export { REASON_TEXTS } from './reasons';
