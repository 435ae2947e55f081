import { z } from 'zod';
import { aggregates } from '../commands';
import { contractText, TEMPLATE_VERSION } from '../domain/application';
import { applicationId, applicationIdSchema, parseMoney, productIdSchema } from '../domain/kernel';
import { quoteOf } from '../domain/schedule';
import { type HttpServer, httpProblem } from '../platform/http';
import { idKey } from '../platform/runtime';
import { askedAmountSchema } from './amounts';
import { acknowledgementSchema, idempotencyHeaders, problems } from './answers';
import { give } from './give';
import { originBody, originReader } from './origin';
import { callingBorrower } from './own';
import { requirementRoutes, supplied, suppliedBody } from './requirements';
import type { WriteContext } from './write-context';

const params = z.strictObject({ applicationId: applicationIdSchema });
const headers = idempotencyHeaders;

const links = (id: string): Record<string, string> => ({
  self: `/v1/applications/${id}`,
  live: `/v1/applications/${id}/live`,
});

export const applicationRoutes = (server: HttpServer, context: WriteContext): void => {
  const { bus, blindIndex, hash, today } = context;
  const originOf = originReader(blindIndex);
  requirementRoutes(server, context);

  server.post(
    '/v1/applications',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Applications'],
        summary: 'Apply: answered at once, before anybody is asked anything',
        headers,
        body: z.strictObject({
          productId: productIdSchema,
          amount: askedAmountSchema,
          installments: z.int().min(1).max(1_200),
          ...suppliedBody,
          ...originBody,
        }),
        response: { 202: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const borrowerId = callingBorrower(request);
      const { productId, amount, installments } = request.body;
      const { cardId, declaration } = supplied(request.body, await context.requirements(borrowerId));
      const { state: borrower } = await bus.load(aggregates.borrower, borrowerId);
      const origin = originOf({ ...request.body, cardId }, request.ip, borrower);
      const { stream } = await give(context, request, reply, ({ commandId }) => ({
        type: 'SubmitApplication',
        data: {
          applicationId: applicationId(idKey(commandId)),
          borrowerId,
          productId,
          amount,
          installments,
          cardId,
          declaration,
          ...origin,
        },
      }));
      reply.code(202);
      return { id: stream, status: 'under_review', links: links(stream) };
    },
  );

  server.post(
    '/v1/applications/:applicationId/acceptance',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Applications'],
        summary: 'Accept the offer, exactly as it was quoted; the contract is made from it',
        headers,
        params,
        body: z.strictObject({ quoteHash: z.string().min(1).max(128) }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const borrowerId = callingBorrower(request);
      const { applicationId: id } = request.params;
      const { state } = await bus.load(aggregates.application, id);
      const text = contractText(id, state);
      await give(context, request, reply, {
        type: 'AcceptOffer',
        data: {
          applicationId: id,
          borrowerId,
          quoteHash: request.body.quoteHash,
          contract: { templateVersion: TEMPLATE_VERSION, documentHash: hash(text ?? '') },
        },
      });
      return { id, status: 'accepted', links: { ...links(id), contract: `/v1/applications/${id}/contract` } };
    },
  );

  server.post(
    '/v1/applications/:applicationId/signature',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Applications'],
        summary: 'Sign the contract: the e-sign authority is asked, the loan follows',
        headers,
        params,
        body: z.strictObject({}),
        response: { 202: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { applicationId: id } = request.params;
      const borrowerId = callingBorrower(request);
      await give(context, request, reply, { type: 'RequestSignature', data: { applicationId: id, borrowerId } });
      reply.code(202);
      return { id, status: 'signing', links: links(id) };
    },
  );

  server.post(
    '/v1/applications/:applicationId/withdrawal',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Applications'],
        summary: 'Withdraw an application',
        headers,
        params,
        body: z.strictObject({ reason: z.string().max(200) }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { applicationId: id } = request.params;
      const borrowerId = callingBorrower(request);
      await give(context, request, reply, {
        type: 'WithdrawApplication',
        data: { applicationId: id, borrowerId, reason: request.body.reason },
      });
      return { id, status: 'withdrawn', links: links(id) };
    },
  );

  server.post(
    '/v1/applications/:applicationId/review',
    {
      config: { access: ['underwriter'] },
      schema: {
        tags: ['Applications'],
        summary: 'Decide an application that the engine referred to a person',
        headers,
        params,
        body: z.strictObject({ approve: z.boolean(), note: z.string().min(1).max(500) }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { applicationId: id } = request.params;
      const { approve, note } = request.body;
      const { state } = await bus.load(aggregates.application, id);
      if (state.status === 'none') throw httpProblem('NOT_FOUND');
      const offer = quoteOf(state.terms, parseMoney(state.amount), state.installments, today(), hash);
      await give(context, request, reply, {
        type: 'ReviewApplication',
        data: { applicationId: id, approve, note, ...(approve ? { offer } : {}) },
      });
      const { status } = (await bus.load(aggregates.application, id)).state;
      // Above the policy's limit an approval is the first of two.
      return { id, status: status === 'referred' ? 'endorsed' : approve ? 'approved' : 'rejected', links: links(id) };
    },
  );
};
