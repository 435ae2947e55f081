import { z } from 'zod';
import { borrowerIdSchema } from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import { consistencyHeaders, documentSchema, nextUrl, pageOf, pageQuery, problems } from './answers';
import { BORROWER_AND_STAFF, visible } from './own';
import { model, type ReadContext } from './read-context';

const params = z.strictObject({ borrowerId: borrowerIdSchema });

export const borrowerRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/borrowers/:borrowerId',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Borrowers'],
        summary: 'A borrower’s standing, consents and cards',
        headers: consistencyHeaders,
        params,
        response: { 200: documentSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'borrowers')).get(request.params.borrowerId);
      return { ...visible(request, found?.doc, ({ id }) => id) };
    },
  );

  for (const [path, name, summary] of [
    ['loans', 'loans', 'A borrower’s loans'],
    ['applications', 'applications', 'A borrower’s applications'],
  ] as const) {
    server.get(
      `/v1/borrowers/:borrowerId/${path}`,
      {
        config: { access: BORROWER_AND_STAFF },
        schema: {
          tags: ['Borrowers'],
          summary,
          headers: consistencyHeaders,
          params,
          querystring: pageQuery,
          response: { 200: pageOf(documentSchema), ...problems },
        },
      },
      async (request, reply) => {
        const { borrowerId } = request.params;
        if (request.actor.kind === 'borrower' && request.actor.id !== borrowerId) throw httpProblem('NOT_FOUND');
        const { limit, after } = request.query;
        const documents = await model(context, request, reply, name);
        const page = await documents.query({
          index: 'byBorrower',
          equals: [borrowerId],
          limit,
          ...(after ? { after } : {}),
        });
        return { items: page.items.map(({ doc }) => ({ ...doc })), ...nextUrl(request.url, page.next) };
      },
    );
  }
};
