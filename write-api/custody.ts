import { z } from 'zod';
import { aggregates } from '../commands';
import { custodyAccountIdFor, custodyOwnerSchema } from '../domain/custody';
import type { CustodyOrder } from '../domain/instruction';
import {
  currencySchema,
  custodyAccountIdSchema,
  custodyInstructionId,
  custodyInstructionIdSchema,
} from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import { idKey } from '../platform/runtime';
import { askedAmountSchema } from './amounts';
import { acknowledgementSchema, idempotencyHeaders as headers, problems } from './answers';
import { give } from './give';
import { answerOf, findingSchema, notInTheFuture } from './outcomes';
import type { WriteContext } from './write-context';

const access = ['finance', 'operator'] as const;
const tags = ['Custody'];
const accountPath = z.strictObject({ accountId: custodyAccountIdSchema });
const instructionPath = z.strictObject({ instructionId: custodyInstructionIdSchema });
const response = { 202: acknowledgementSchema, ...problems };
const reason = z.string().min(1).max(200);

const acknowledged = (id: string, status: string) => ({
  id,
  status,
  links: { self: `/v1/custody/instructions/${id}` },
});

/** What goes to the custody bank: an instruction on record first; large withdrawals take a second person. */
export const custodyRoutes = (server: HttpServer, context: WriteContext): void => {
  const order = async (
    request: Parameters<typeof give>[1],
    reply: Parameters<typeof give>[2],
    asked: CustodyOrder,
  ): Promise<ReturnType<typeof acknowledged>> => {
    const { stream, events } = await give(context, request, reply, ({ commandId }) => ({
      type: 'RequestCustodyInstruction',
      data: { instructionId: custodyInstructionId(idKey(commandId)), order: asked },
    }));
    const waits = events.some((event) => event.type === 'CustodyInstructionRequested' && event.data.needsApproval);
    reply.code(202);
    return acknowledged(stream, waits ? 'awaiting-approval' : 'requested');
  };

  server.post(
    '/v1/custody/accounts',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Have an account opened at the custody bank: for the house, a partner or a borrower',
        headers,
        body: z.strictObject({ owner: custodyOwnerSchema, currency: currencySchema }),
        response,
      },
    },
    async (request, reply) => {
      const { owner, currency } = request.body;
      const accountId = custodyAccountIdFor(owner, currency);
      const { links, ...given } = await order(request, reply, { kind: 'open', accountId, currency, owner });
      return { ...given, links: { ...links, account: `/v1/custody/accounts/${accountId}` } };
    },
  );

  for (const [action, kind, summary] of [
    ['top-ups', 'top-up', 'Have money brought in from the account that is bound to a custody account'],
    ['withdrawals', 'withdrawal', 'Have money sent to the account that is bound to a custody account'],
  ] as const) {
    server.post(
      `/v1/custody/accounts/:accountId/${action}`,
      {
        config: { access },
        schema: {
          ...{ tags, summary, headers, params: accountPath, response },
          body: z.strictObject({ amount: askedAmountSchema }),
        },
      },
      (request, reply) => order(request, reply, { kind, ...request.params, ...request.body }),
    );
  }

  server.post(
    '/v1/custody/accounts/:accountId/transfers',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Have money transferred to another custody account',
        headers,
        params: accountPath,
        body: z.strictObject({ to: custodyAccountIdSchema, amount: askedAmountSchema, reason }),
        response,
      },
    },
    (request, reply) => order(request, reply, { kind: 'transfer', ...request.params, ...request.body }),
  );

  for (const [action, kind, summary] of [
    ['freeze', 'freeze', 'Have an account frozen: nothing moves in or out of it'],
    ['unfreezing', 'unfreeze', 'Have a frozen account released'],
  ] as const) {
    server.post(
      `/v1/custody/accounts/:accountId/${action}`,
      {
        config: { access },
        schema: { tags, summary, headers, params: accountPath, body: z.strictObject({ reason }), response },
      },
      (request, reply) => order(request, reply, { kind, ...request.params, ...request.body }),
    );
  }

  server.post(
    '/v1/custody/instructions/:instructionId/approval',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Approve an instruction that somebody else has asked for; it goes to the bank',
        headers,
        params: instructionPath,
        body: z.strictObject({ note: z.string().max(500) }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const data = { ...request.params, ...request.body };
      await give(context, request, reply, { type: 'ApproveCustodyInstruction', data });
      return acknowledged(request.params.instructionId, 'requested');
    },
  );

  server.post(
    '/v1/custody/instructions/:instructionId/cancellation',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Take back an instruction that waits for approval',
        headers,
        params: instructionPath,
        body: z.strictObject({ reason }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const data = { ...request.params, ...request.body };
      await give(context, request, reply, { type: 'CancelCustodyInstruction', data });
      return acknowledged(request.params.instructionId, 'cancelled');
    },
  );

  server.post(
    '/v1/custody/instructions/:instructionId/outcome',
    {
      config: { access: ['operator'] },
      schema: {
        tags: ['Operations'],
        summary: 'Put on record what became of an instruction that the custody bank would not tell of',
        headers,
        params: instructionPath,
        body: findingSchema,
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { instructionId } = request.params;
      const { state } = await context.bus.load(aggregates.instruction, instructionId);
      if (state.status === 'none') throw httpProblem('NOT_FOUND');
      notInTheFuture(request.body, context.today());
      const data = { instructionId, effectId: request.body.effectId, answer: answerOf(request.body) };
      await give(context, request, reply, { type: 'RecordCustodyOutcome', data });
      return acknowledged(instructionId, request.body.outcome);
    },
  );
};
