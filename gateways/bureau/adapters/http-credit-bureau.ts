import { type PartnerClient, unavailable } from '../../http';
import { type CreditBureau, creditReportSchema } from '../credit-bureau';

/** A credit bureau behind a partner client. */
export const httpCreditBureau = (client: PartnerClient): CreditBureau => ({
  name: client.partner,
  report: async ({ requestId, ...body }, deadlineMs) => {
    const answer = await client.ask({
      operation: 'report',
      method: 'POST',
      path: '/reports',
      idempotencyKey: requestId,
      body,
      answer: creditReportSchema,
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    });
    return answer.kind === 'answered' ? { outcome: 'answered', report: answer.body } : unavailable(answer);
  },
});
