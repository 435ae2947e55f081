export {
  type KeySet,
  keySetSchema,
  type PartnerKeys,
  publicKeySetOf,
  readKeySet,
  type SigningKey,
  signingKeyFrom,
} from './keys';
export type { PartnerAnswer } from './partner-answer';
export {
  PartnerClient,
  type PartnerOptions,
  type Question,
} from './partner-client';
export type { PartnerCall, PartnerMetrics } from './partner-metrics';
export {
  headerOf,
  type MessageHeaders,
  publicKeyOffered,
  type SignatureFault,
  signAnswer,
  signCallback,
  verifyCallbackSignature,
  verifyQuestion,
} from './signing';
export { type Unavailable, unavailable } from './unavailable';
