export type { ESignAuthority, SignatureOutcome, SignatureRequest } from './esign-authority';
export { makeEvidence, type SignatureEvidence, signatureEvidenceSchema, verifyEvidence } from './signature-evidence';
