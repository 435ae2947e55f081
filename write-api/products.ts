import { z } from 'zod';
import { aggregates } from '../commands';
import { type MoneyText, parseMoney, productId, productIdSchema, refuse } from '../domain/kernel';
import { type Offering, offeringSchema } from '../domain/product';
import { quoteOf, quoteSchema } from '../domain/schedule';
import { type HttpServer, httpProblem } from '../platform/http';
import { idKey } from '../platform/runtime';
import { askedAmountSchema } from './amounts';
import { acknowledgementSchema, idempotencyHeaders, problems } from './answers';
import { give, refusalProblem } from './give';
import type { WriteContext } from './write-context';

const params = z.strictObject({ productId: productIdSchema });
const headers = idempotencyHeaders;
const access = ['operator'] as const;

export const productRoutes = (server: HttpServer, context: WriteContext): void => {
  server.post(
    '/v1/products',
    {
      config: { access },
      schema: {
        tags: ['Products'],
        summary: 'Draft a product',
        headers,
        body: z.strictObject({ offering: offeringSchema }),
        response: { 201: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { stream } = await give(context, request, reply, ({ commandId }) => ({
        type: 'DraftProduct',
        data: { productId: productId(idKey(commandId)), offering: request.body.offering },
      }));
      reply.code(201);
      return { id: stream, status: 'drafted', links: { self: `/v1/products/${stream}` } };
    },
  );

  server.post(
    '/v1/products/:productId/versions',
    {
      config: { access },
      schema: {
        tags: ['Products'],
        summary: 'Draft a new version of a product',
        headers,
        params,
        body: z.strictObject({ offering: offeringSchema }),
        response: { 201: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { productId: id } = request.params;
      // A first draft brings its product into being; there is no next version of what does not exist.
      const { state } = await context.bus.load(aggregates.product, id);
      if (state.status === 'none') throw httpProblem('NOT_FOUND', `there is no ${id}`);
      await give(context, request, reply, {
        type: 'DraftProduct',
        data: { productId: id, offering: request.body.offering },
      });
      reply.code(201);
      return { id, status: 'drafted', links: { self: `/v1/products/${id}` } };
    },
  );

  server.post(
    '/v1/products/:productId/publication',
    {
      config: { access },
      schema: {
        tags: ['Products'],
        summary: 'Put the drafted version on offer; refused above the legal cap',
        headers,
        params,
        body: z.strictObject({}),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { productId: id } = request.params;
      await give(context, request, reply, { type: 'PublishProduct', data: { productId: id } });
      return { id, status: 'published', links: { self: `/v1/products/${id}` } };
    },
  );

  server.post(
    '/v1/products/:productId/retirement',
    {
      config: { access },
      schema: {
        tags: ['Products'],
        summary: 'Take a product off the offer',
        headers,
        params,
        body: z.strictObject({ reason: z.string().min(1).max(200) }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { productId: id } = request.params;
      await give(context, request, reply, {
        type: 'RetireProduct',
        data: { productId: id, reason: request.body.reason },
      });
      return { id, status: 'retired', links: { self: `/v1/products/${id}` } };
    },
  );

  server.post(
    '/v1/quotes',
    {
      config: { access: ['borrower', 'partner', 'operator', 'underwriter'] },
      schema: {
        tags: ['Products'],
        summary: 'The full repayment plan and the all-in annual rate, before any commitment',
        body: z.strictObject({
          productId: productIdSchema,
          amount: askedAmountSchema,
          installments: z.int().min(1).max(1_200),
        }),
        response: { 200: quoteSchema, ...problems },
      },
    },
    async (request) => {
      const { productId: id, amount, installments } = request.body;
      const { state } = await context.bus.load(aggregates.product, id);
      if (state.status === 'none') throw httpProblem('NOT_FOUND', `there is no ${id}`);
      if (state.status !== 'published') throw refusalProblem(refuse('PRODUCT_NOT_ON_OFFER', `${id} is not on offer`));
      const outside = outsideOf(state.offering, amount, installments);
      if (outside) throw refusalProblem(outside);
      const { terms } = state.offering;
      return quoteOf(terms, parseMoney(amount), installments, context.today(), context.hash);
    },
  );
};

/** Why a choice is not within what is offered, if it is not: the same words as an application is refused with. */
const outsideOf = ({ amount: bounds, installments: counts }: Offering, asked: MoneyText, count: number) => {
  const { least, most } = bounds;
  const minor = asked.currency === least.currency ? parseMoney(asked).minor : -1n;
  if (minor < parseMoney(least).minor || minor > parseMoney(most).minor) {
    return refuse('AMOUNT_OUTSIDE_BOUNDS', `${least.amount} to ${most.amount} ${least.currency} is on offer`);
  }
  return count < counts.least || count > counts.most
    ? refuse('TERM_OUTSIDE_BOUNDS', `${counts.least} to ${counts.most} installments are on offer`)
    : undefined;
};
