import { z } from 'zod';
import { loanIdSchema, repaymentId, tranchePayoutId } from '../domain/kernel';
import { type HttpServer, requestIdentity } from '../platform/http';
import { idKey } from '../platform/runtime';
import { askedAmountSchema } from './amounts';
import { acknowledgementSchema, idempotencyHeaders, problems } from './answers';
import { debitChannel } from './debit-channel';
import { give } from './give';
import { callingBorrower } from './own';
import type { WriteContext } from './write-context';

const headers = idempotencyHeaders;

export const loanRoutes = (server: HttpServer, context: WriteContext): void => {
  server.post(
    '/v1/repayments',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Loans'],
        summary: 'Repay: an amount, or everything that is owed today',
        headers,
        body: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('voluntary'), loanId: loanIdSchema, amount: askedAmountSchema }),
          z.strictObject({ kind: z.literal('payoff'), loanId: loanIdSchema }),
        ]),
        response: { 202: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const borrowerId = callingBorrower(request);
      const { loanId, kind } = request.body;
      const amount = request.body.kind === 'voluntary' ? request.body.amount : undefined;
      const id = repaymentId(idKey(requestIdentity(request).commandId));
      const chosen = await debitChannel(context, { repaymentId: id, loanId, borrowerId, amount });
      const { stream } = await give(context, request, reply, {
        type: 'InitiateRepayment',
        data: {
          repaymentId: id,
          loanId,
          borrowerId,
          kind,
          ...(amount && { amount }),
          ...chosen,
          effectId: `${id}.1`,
        },
      });
      reply.code(202);
      return { id: stream, status: 'initiated', links: { loan: `/v1/loans/${loanId}` } };
    },
  );

  server.post(
    '/v1/loans/:loanId/drawings',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Loans'],
        summary: 'Draw a tranche of what was agreed; of a revolving loan also what has been repaid',
        headers,
        params: z.strictObject({ loanId: loanIdSchema }),
        body: z.strictObject({ amount: askedAmountSchema }),
        response: { 202: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const borrowerId = callingBorrower(request);
      const { loanId } = request.params;
      const payoutId = tranchePayoutId(idKey(requestIdentity(request).commandId));
      const { amount } = request.body;
      await give(context, request, reply, { type: 'DrawTranche', data: { loanId, borrowerId, payoutId, amount } });
      reply.code(202);
      return { id: payoutId, status: 'requested', links: { loan: `/v1/loans/${loanId}` } };
    },
  );
};
