import { type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { instantSchema } from '../../domain/kernel';
import type { PartnerKeys } from '../http';

/** What remains of a signature: enough to prove years later, without the authority, who signed what and when. */
export const signatureEvidenceSchema = z.object({
  authority: z.string().min(1).max(100),
  reference: z.string().min(1).max(100),
  keyId: z.string().min(1).max(64),
  /** Ed25519 over {@link evidenceText}, base64url. */
  signature: z.string().regex(/^[\w-]{86}$/),
  signedAt: instantSchema,
});
export type SignatureEvidence = Readonly<z.infer<typeof signatureEvidenceSchema>>;

/** Six lines: profile, authority, reference, document hash, signer's reference, instant. */
const evidenceText = (
  { authority, reference, signedAt }: Pick<SignatureEvidence, 'authority' | 'reference' | 'signedAt'>,
  documentHash: string,
  signerReference: string,
): Buffer => Buffer.from(['usance-esign-v1', authority, reference, documentHash, signerReference, signedAt].join('\n'));

/** The authority's side: signs a document's hash in the name of a signer. */
export const makeEvidence = (
  facts: Omit<SignatureEvidence, 'signature'>,
  documentHash: string,
  signerReference: string,
  privateKey: KeyObject,
): SignatureEvidence => ({
  ...facts,
  signature: sign(null, evidenceText(facts, documentHash, signerReference), privateKey).toString('base64url'),
});

/** Whether the evidence proves that this signer signed this document. */
export const verifyEvidence = (
  keys: PartnerKeys,
  evidence: SignatureEvidence,
  documentHash: string,
  signerReference: string,
): boolean => {
  const key = keys.get(evidence.keyId);
  if (key === undefined) return false;
  const text = evidenceText(evidence, documentHash, signerReference);
  return verify(null, text, key, Buffer.from(evidence.signature, 'base64url'));
};
