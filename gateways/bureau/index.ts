export {
  type CreditBureau,
  type CreditEnquiry,
  type CreditFile,
  type CreditReport,
  type CreditReportOutcome,
  creditFileSchema,
} from './credit-bureau';
export type {
  IdentityAnswer,
  IdentityEnquiry,
  IdentityOutcome,
  IdentityVerifier,
} from './identity-verifier';
