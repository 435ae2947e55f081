export type { ESignAuthority, SignatureOutcome, SignatureRequest } from './esign-authority';
export { makeEvidence, type SignatureEvidence, signatureEvidenceSchema } from './signature-evidence';
