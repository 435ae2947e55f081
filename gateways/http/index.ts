export { type KeySet, keySetSchema, type PartnerKeys, readKeySet } from './keys';
export { type PartnerAnswer, partnerRefusalSchema, type Silence } from './partner-answer';
export {
  PARTNER_LIMITS,
  PartnerClient,
  type PartnerLimits,
  type PartnerOptions,
  type Question,
} from './partner-client';
export { type BreakerState, noPartnerMetrics, type PartnerCall, type PartnerMetrics } from './partner-metrics';
export {
  headerOf,
  type MessageHeaders,
  type SignatureFault,
  type SigningKey,
  signAnswer,
  signCallback,
  verifyCallbackSignature,
} from './signing';
export { type Unavailable, unavailable } from './unavailable';
