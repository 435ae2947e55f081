import { z } from 'zod';
import { borrowerIdSchema } from '../domain/kernel';
import { type HttpServer, httpProblem, type TokenActor } from '../platform/http';
import type { QueryOptions } from '../platform/read-store';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { shownTo } from './application-view';
import { applicationSchema, borrowerSchema, loanSchema } from './documents';
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
        response: { 200: borrowerSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'borrowers')).get(request.params.borrowerId);
      return visible(request, found?.doc, ({ id }) => id);
    },
  );

  const list = {
    config: { access: BORROWER_AND_STAFF },
    schema: {
      tags: ['Borrowers'],
      headers: consistencyHeaders,
      params,
      querystring: pageQuery,
    },
  };

  server.get(
    '/v1/borrowers/:borrowerId/loans',
    {
      ...list,
      schema: { ...list.schema, summary: 'A borrower’s loans', response: { 200: pageOf(loanSchema), ...problems } },
    },
    async (request, reply) => {
      const page = await (await model(context, request, reply, 'loans')).query(ownPage(request));
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/borrowers/:borrowerId/applications',
    {
      ...list,
      schema: {
        ...list.schema,
        summary: 'A borrower’s applications',
        response: { 200: pageOf(applicationSchema), ...problems },
      },
    },
    async (request, reply) => {
      const page = await (await model(context, request, reply, 'applications')).query(ownPage(request));
      return { items: page.items.map(({ doc }) => shownTo(request, doc)), ...nextUrl(request.url, page.next) };
    },
  );
};

interface Listing {
  readonly actor: TokenActor;
  readonly params: z.infer<typeof params>;
  readonly query: z.infer<typeof pageQuery>;
}

/** The page that is asked for of what belongs to a borrower, if the caller may see it. */
const ownPage = ({ actor, params: { borrowerId }, query: { limit, after } }: Listing): QueryOptions => {
  if (actor.kind === 'borrower' && actor.id !== borrowerId) throw httpProblem('NOT_FOUND');
  return { index: 'byBorrower', equals: [borrowerId], limit, ...(after ? { after } : {}) };
};
