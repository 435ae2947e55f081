export type { ESignAuthority } from './esign-authority';
export { makeEvidence, type SignatureEvidence, signatureEvidenceSchema } from './signature-evidence';
