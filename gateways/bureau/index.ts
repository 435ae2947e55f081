export {
  type CreditBureau,
  type CreditFile,
  type CreditReport,
  creditFileSchema,
} from './credit-bureau';
export type {
  IdentityAnswer,
  IdentityVerifier,
} from './identity-verifier';
