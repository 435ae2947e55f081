export {
  CHECKING_STATUSES,
  CREDIT_HISTORIES,
  type CreditBureau,
  type CreditEnquiry,
  type CreditFile,
  type CreditReport,
  type CreditReportOutcome,
  creditFileSchema,
  creditReportSchema,
  EXISTING_CREDITS,
  INSTALLMENT_PLANS,
  SAVINGS_CLASSES,
} from './credit-bureau';
export {
  type IdentityAnswer,
  type IdentityEnquiry,
  type IdentityOutcome,
  type IdentityVerifier,
  identityAnswerSchema,
} from './identity-verifier';
