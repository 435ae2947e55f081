import { z } from 'zod';
import { actorSchema, moneyTextSchema, receiptIdSchema } from '../domain/kernel';
import { ASSIGNED_BY, receiptPayerSchema } from '../domain/receipt';
import { type HttpServer, httpProblem } from '../platform/http';
import { RECEIPT_STATES } from '../projections';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { model, type ReadContext } from './read-context';

const access = ['finance', 'operator', 'auditor'] as const;

const lineSchema = z.strictObject({
  line: z.int(),
  loanId: z.string(),
  repaymentId: z.string(),
  amount: moneyTextSchema,
  by: z.enum(ASSIGNED_BY),
  valueDate: z.string(),
});

const refundSchema = z.strictObject({
  amount: moneyTextSchema,
  reason: z.string(),
  requestedBy: actorSchema,
  needsApproval: z.boolean(),
  approvedBy: actorSchema.optional(),
  failedFor: z.string().optional(),
});

const receiptSchema = z
  .strictObject({
    id: z.string(),
    state: z.enum(RECEIPT_STATES),
    amount: moneyTextSchema,
    channel: z.string(),
    channelReference: z.string(),
    payer: receiptPayerSchema,
    reference: z.string().optional(),
    receivedOn: z.string(),
    suspense: moneyTextSchema.describe('Neither assigned to a loan nor paid back.'),
    refunded: moneyTextSchema,
    lines: z.array(lineSchema).readonly(),
    refund: refundSchema.optional(),
  })
  .meta({ id: 'Receipt', description: 'A payment that came in by itself, and where it has gone.' });

/** Payments that came in by themselves; those in suspense are the worklist of whoever finds their loans. */
export const receiptRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/receipts',
    {
      config: { access },
      schema: {
        tags: ['Receipts'],
        summary:
          'Payments that came in by themselves, the oldest first; or those in suspense, on their way back, settled',
        headers: consistencyHeaders,
        querystring: pageQuery.extend({ state: z.enum(['all', ...RECEIPT_STATES]).default('all') }),
        response: { 200: pageOf(receiptSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after, state } = request.query;
      const documents = await model(context, request, reply, 'receipts');
      const range = state === 'all' ? { index: 'byTime' } : { index: 'byState', equals: [state] };
      const page = await documents.query({ ...range, limit, ...(after ? { after } : {}) });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/receipts/:receiptId',
    {
      config: { access },
      schema: {
        tags: ['Receipts'],
        summary: 'A payment that came in by itself, and where it has gone',
        headers: consistencyHeaders,
        params: z.strictObject({ receiptId: receiptIdSchema }),
        response: { 200: receiptSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'receipts')).get(request.params.receiptId);
      if (found === undefined) throw httpProblem('NOT_FOUND');
      return found.doc;
    },
  );
};
