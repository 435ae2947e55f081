import { z } from 'zod';
import { productIdSchema } from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { productSchema } from './documents';
import { model, type ReadContext } from './read-context';

const access = ['borrower', 'partner', 'underwriter', 'auditor', 'finance', 'operator'] as const;

export const productRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/products',
    {
      config: { access },
      schema: {
        tags: ['Products'],
        summary: 'Products on offer',
        headers: consistencyHeaders,
        querystring: pageQuery,
        response: { 200: pageOf(productSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const documents = await model(context, request, reply, 'products');
      const page = await documents.query({
        index: 'byStatus',
        equals: ['published'],
        limit,
        ...(after ? { after } : {}),
      });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/products/:productId',
    {
      config: { access },
      schema: {
        tags: ['Products'],
        summary: 'A product with its terms and bounds',
        headers: consistencyHeaders,
        params: z.strictObject({ productId: productIdSchema }),
        response: { 200: productSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'products')).get(request.params.productId);
      if (found === undefined) throw httpProblem('NOT_FOUND');
      return found.doc;
    },
  );
};
