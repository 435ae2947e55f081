import { z } from 'zod';
import { businessDateSchema, loanIdSchema, receiptId, receiptIdSchema } from '../domain/kernel';
import { receiptPayerSchema } from '../domain/receipt';
import { type HttpServer, httpProblem } from '../platform/http';
import { idKey, uuidV5 } from '../platform/runtime';
import { askedAmountSchema } from './amounts';
import { acknowledgementSchema, idempotencyHeaders as headers, problems } from './answers';
import { give } from './give';
import type { WriteContext } from './write-context';

const RECEIPTS = '0d9a3f4e-5c1b-5e5e-8a46-2f7b9c3d6e18';

const access = ['finance', 'operator'] as const;
const tags = ['Receipts'];
const params = z.strictObject({ receiptId: receiptIdSchema });
const response = { 200: acknowledgementSchema, ...problems };
const channelReference = z.string().regex(/^[\x21-\x7e]{1,100}$/, 'a reference as it stands on the statement');

/** A payer's list may be long; a longer one is matched in parts. */
const LINES_MOST = 500;
const split = z.array(z.strictObject({ loanId: loanIdSchema, amount: askedAmountSchema })).max(LINES_MOST);

const acknowledged = (id: string, status: string) => ({ id, status, links: { self: `/v1/receipts/${id}` } });

/** Money that came in by itself: put on record, matched with loans, or paid back to who has paid it. */
export const receiptRoutes = (server: HttpServer, context: WriteContext): void => {
  server.post(
    '/v1/receipts',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Put on record a payment that came in by itself, with the payer’s list of loans where there is one',
        headers,
        body: z.strictObject({
          channel: z.string().regex(/^[0-9a-z-]{1,32}$/),
          channelReference: channelReference.describe('What the channel’s statement calls it; it is recorded once.'),
          amount: askedAmountSchema,
          payer: receiptPayerSchema,
          reference: z
            .string()
            .min(1)
            .max(140)
            .optional()
            .describe('What the payer wrote. The id of a loan or an application, and nothing else, finds its loan.'),
          receivedOn: businessDateSchema,
          lines: split.default([]).describe('How much is for which loan; what is left over stays in suspense.'),
        }),
        response: { 201: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { reference, ...received } = request.body;
      const { channel } = received;
      if (!context.channels.routing.names.includes(channel)) throw httpProblem('NOT_FOUND');
      // One payment is one line of a channel's statement, whoever puts it on record.
      const id = receiptId(idKey(uuidV5(RECEIPTS, `${channel} ${received.channelReference}`)));
      const data = { receiptId: id, ...received, ...(reference !== undefined && { reference }) };
      await give(context, request, reply, { type: 'RecordReceipt', data });
      reply.code(201);
      return acknowledged(id, 'recorded');
    },
  );

  server.post(
    '/v1/receipts/:receiptId/matches',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Say what loans a payment is for: what is named leaves suspense and reaches them once',
        headers,
        params,
        body: z.strictObject({ lines: split.min(1) }),
        response,
      },
    },
    async (request, reply) => {
      const data = { ...request.params, ...request.body };
      await give(context, request, reply, { type: 'MatchReceipt', data });
      return acknowledged(data.receiptId, 'matched');
    },
  );

  server.post(
    '/v1/receipts/:receiptId/refund',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Have money paid back to who has paid it; above 100,000 somebody else approves it first',
        headers,
        params,
        body: z.strictObject({ amount: askedAmountSchema, reason: z.string().min(1).max(200) }),
        response: { 202: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const data = { ...request.params, ...request.body };
      const { events } = await give(context, request, reply, { type: 'RequestReceiptRefund', data });
      const waits = events.some((event) => event.type === 'ReceiptRefundRequested' && event.data.needsApproval);
      reply.code(202);
      return acknowledged(data.receiptId, waits ? 'awaiting-approval' : 'refunding');
    },
  );

  server.post(
    '/v1/receipts/:receiptId/refund/approval',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Approve a refund that somebody else has asked for',
        headers,
        params,
        body: z.strictObject({ note: z.string().max(500) }),
        response,
      },
    },
    async (request, reply) => {
      const data = { ...request.params, ...request.body };
      await give(context, request, reply, { type: 'ApproveReceiptRefund', data });
      return acknowledged(data.receiptId, 'refunding');
    },
  );

  server.post(
    '/v1/receipts/:receiptId/refund/outcome',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Put on record that a refund was paid back, under its reference at the channel, or that it was not',
        headers,
        params,
        body: z.discriminatedUnion('outcome', [
          z.strictObject({ outcome: z.literal('settled'), channelReference, settledOn: businessDateSchema }),
          z.strictObject({ outcome: z.literal('failed'), reason: z.string().min(1).max(200) }),
        ]),
        response,
      },
    },
    async (request, reply) => {
      const data = { ...request.params, result: request.body };
      await give(context, request, reply, { type: 'RecordReceiptRefund', data });
      return acknowledged(data.receiptId, request.body.outcome);
    },
  );
};
