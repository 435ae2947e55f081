import type { PartnerClient, PartnerKeys } from '../../http';
import type { ESignAuthority } from '../esign-authority';
import { signatureEvidenceSchema, verifyEvidence } from '../signature-evidence';

/** An e-sign authority behind a partner client. Evidence that does not verify under `keys` is never handed on. */
export const httpESignAuthority = (client: PartnerClient, keys: PartnerKeys): ESignAuthority => ({
  name: client.partner,
  sign: async ({ documentHash, signerReference, requestId }) => {
    const answer = await client.ask({
      operation: 'sign',
      method: 'POST',
      path: '/signatures',
      idempotencyKey: requestId,
      body: { documentHash, signerReference },
      answer: signatureEvidenceSchema,
    });
    if (answer.kind === 'refused') return { outcome: 'refused', reason: answer.code };
    if (answer.kind === 'silent') return { outcome: 'unknown', reason: answer.reason };
    return verifyEvidence(keys, answer.body, documentHash, signerReference)
      ? { outcome: 'signed', evidence: answer.body }
      : { outcome: 'unknown', reason: 'evidence-invalid' };
  },
  verify: (evidence, documentHash, signerReference) => verifyEvidence(keys, evidence, documentHash, signerReference),
});
