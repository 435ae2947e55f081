import { type PartnerClient, unavailable } from '../../http';
import { type IdentityVerifier, identityAnswerSchema } from '../identity-verifier';

/** An identity verification service behind a partner client. */
export const httpIdentityVerifier = (client: PartnerClient): IdentityVerifier => ({
  name: client.partner,
  verify: async ({ requestId, ...body }) => {
    const answer = await client.ask({
      operation: 'verify',
      method: 'POST',
      path: '/identity-checks',
      idempotencyKey: requestId,
      body,
      answer: identityAnswerSchema,
    });
    return answer.kind === 'answered' ? { outcome: 'answered', ...answer.body } : unavailable(answer);
  },
});
