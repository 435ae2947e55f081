import { z } from 'zod';
import { aggregates, type CommandRequest } from '../commands';
import {
  type BusinessDate,
  businessDateSchema,
  moneyTextSchema,
  payoutIdSchema,
  refuse,
  repaymentIdSchema,
} from '../domain/kernel';
import type { DebitOutcome } from '../domain/repayment';
import { type HttpServer, httpProblem } from '../platform/http';
import { acknowledgementSchema, idempotencyHeaders, problems } from './answers';
import { give, refusalProblem } from './give';
import type { WriteContext } from './write-context';

const effectId = z
  .string()
  .regex(/^(payout|repayment|instruction)-[0-9a-z-]{1,64}\.\d{1,3}$/, 'an effect id such as "payout-4q2m….1"');

/** What a person has found out. That nothing is known is no news. */
const settled = z.strictObject({
  outcome: z.literal('settled'),
  effectId,
  channelReference: z.string().min(1).max(100),
  settledOn: businessDateSchema,
});
const failed = z.strictObject({ outcome: z.literal('failed'), effectId, reason: z.string().min(1).max(100) });
export const findingSchema = z.discriminatedUnion('outcome', [settled, failed]);

const debitFindingSchema = z.discriminatedUnion('outcome', [
  settled.extend({
    taken: moneyTextSchema.optional().describe('What was taken, where the debit might be partial and it was less.'),
  }),
  failed,
]);
type Finding = z.infer<typeof debitFindingSchema>;

const route = {
  config: { access: ['operator'] },
  schema: {
    tags: ['Operations'],
    headers: idempotencyHeaders,
    body: findingSchema,
    response: { 200: acknowledgementSchema, ...problems },
  },
};

/** The same words as a channel's own, so that whoever speaks is weighed by the same rules. */
export const answerOf = ({ effectId: _, ...answer }: Finding): DebitOutcome => answer;

/** Nothing settles on a day that has not come. @throws Problem */
export const notInTheFuture = (finding: Finding, today: BusinessDate): void => {
  if (finding.outcome === 'settled' && finding.settledOn > today) {
    throw refusalProblem(refuse('VALUE_DATE_INVALID', `${finding.settledOn} has not come`));
  }
};

/**
 * Where an operator puts on record what became of an instruction that the channel would not tell of. It counts as the
 * channel's own word: a definite outcome never changes again.
 */
export const outcomeRoutes = (server: HttpServer, context: WriteContext): void => {
  const { bus, today } = context;

  server.post(
    '/v1/payouts/:payoutId/outcome',
    {
      ...route,
      schema: {
        ...route.schema,
        summary: 'Put on record what became of a payout that the channel would not tell of',
        params: z.strictObject({ payoutId: payoutIdSchema }),
      },
    },
    async (request, reply) => {
      const { payoutId } = request.params;
      const { state } = await bus.load(aggregates.payout, payoutId);
      if (state.status === 'none') throw httpProblem('NOT_FOUND');
      notInTheFuture(request.body, today());
      const data = { payoutId, effectId: request.body.effectId, answer: answerOf(request.body) };
      await give(context, request, reply, { type: 'RecordPayoutOutcome', data } satisfies CommandRequest);
      return { id: payoutId, status: request.body.outcome, links: { loan: `/v1/loans/${state.request.loanId}` } };
    },
  );

  server.post(
    '/v1/repayments/:repaymentId/outcome',
    {
      ...route,
      schema: {
        ...route.schema,
        summary: 'Put on record what became of a repayment that the channel would not tell of',
        params: z.strictObject({ repaymentId: repaymentIdSchema }),
        body: debitFindingSchema,
      },
    },
    async (request, reply) => {
      const { repaymentId } = request.params;
      const { state } = await bus.load(aggregates.repayment, repaymentId);
      if (!('order' in state)) throw httpProblem('NOT_FOUND');
      notInTheFuture(request.body, today());
      const data = { repaymentId, effectId: request.body.effectId, answer: answerOf(request.body) };
      await give(context, request, reply, { type: 'RecordRepaymentOutcome', data } satisfies CommandRequest);
      return { id: repaymentId, status: request.body.outcome, links: { loan: `/v1/loans/${state.order.loanId}` } };
    },
  );
};
