import { z } from 'zod';
import { businessDateSchema, loanIdSchema, loanOfMandate, mandateId, mandateIdSchema } from '../domain/kernel';
import type { HttpServer } from '../platform/http';
import { askedAmountSchema } from './amounts';
import { acknowledgementSchema, idempotencyHeaders, partIdSchema, problems } from './answers';
import { give } from './give';
import { callingBorrower } from './own';
import type { WriteContext } from './write-context';

const headers = idempotencyHeaders;

/** The text of the mandate that the house shows; what was agreed to is on record by its hash. */
const MANDATE_TEXT =
  'I authorise the lender to debit what falls due on this loan from the bank card that I have named, up to the amounts ' +
  'and until the day that I have named. I am told before each debit and may revoke this at any time.';

export const mandateRoutes = (server: HttpServer, context: WriteContext): void => {
  server.post(
    '/v1/mandates',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Mandates'],
        summary: 'Grant a mandate: what falls due on a loan is debited from a card, within limits',
        headers,
        body: z.strictObject({
          loanId: loanIdSchema,
          cardId: partIdSchema,
          perDebit: askedAmountSchema.describe('The most that one debit may take.'),
          perMonth: askedAmountSchema.describe('The most that all debits of a calendar month may take.'),
          from: businessDateSchema.optional().describe('The first day of a debit. Default: today.'),
          to: businessDateSchema.describe('The last day of a debit.'),
          payDays: z
            .array(z.int().min(1).max(31))
            .max(4)
            .default([])
            .describe('Days of the month on which a debit that found no money is tried again; 31 is the last of any.'),
          textVersion: z.literal('2026-01'),
        }),
        response: { 201: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const borrowerId = callingBorrower(request);
      const { loanId, cardId, from = context.today(), textVersion, ...agreed } = request.body;
      const agreement = { ...agreed, from, textVersion, textHash: context.hash(MANDATE_TEXT) };
      const id = mandateId(loanId);
      await give(context, request, reply, {
        type: 'GrantMandate',
        data: { mandateId: id, loanId, borrowerId, cardId, agreement },
      });
      reply.code(201);
      return { id, status: 'live', links: { self: `/v1/mandates/${id}`, loan: `/v1/loans/${loanId}` } };
    },
  );

  server.post(
    '/v1/mandates/:mandateId/revocation',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Mandates'],
        summary: 'Revoke a mandate: a debit that has been ordered goes on, nothing new is',
        headers,
        params: z.strictObject({ mandateId: mandateIdSchema }),
        body: z.strictObject({ reason: z.string().min(1).max(200) }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const borrowerId = callingBorrower(request);
      const { mandateId: id } = request.params;
      const { reason } = request.body;
      await give(context, request, reply, { type: 'RevokeMandate', data: { mandateId: id, borrowerId, reason } });
      return { id, status: 'revoked', links: { self: `/v1/mandates/${id}`, loan: `/v1/loans/${loanOfMandate(id)}` } };
    },
  );
};
