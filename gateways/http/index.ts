export { type KeySet, keySetSchema, type PartnerKeys, readKeySet } from './keys';
export {
  PartnerClient,
  type PartnerOptions,
  type Question,
} from './partner-client';
export type { PartnerCall, PartnerMetrics } from './partner-metrics';
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
