import { z } from 'zod';
import { borrowerIdSchema, mandateIdSchema } from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import { type MandateDoc, nextOf } from '../projections';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { mandateSchema } from './documents';
import { BORROWER_AND_STAFF, visible } from './own';
import { model, type ReadContext } from './read-context';

/** What a document shows once the mandate has been granted; before, it only keeps the loan's due dates. */
const shown = (doc: MandateDoc | undefined): z.infer<typeof mandateSchema> | undefined => {
  if (doc?.granted === undefined) return undefined;
  const nextDue = doc.granted.status === 'live' ? nextOf(doc, 'due') : undefined;
  return { id: doc.id, loanId: doc.loanId, ...doc.granted, ...(nextDue !== undefined && { nextDue }) };
};

export const mandateRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/mandates/:mandateId',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Mandates'],
        summary: 'A mandate and the latest debits under it',
        headers: consistencyHeaders,
        params: z.strictObject({ mandateId: mandateIdSchema }),
        response: { 200: mandateSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'mandates')).get(request.params.mandateId);
      return visible(request, shown(found?.doc), ({ borrowerId }) => borrowerId);
    },
  );

  server.get(
    '/v1/borrowers/:borrowerId/mandates',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Mandates'],
        summary: 'A borrower’s mandates',
        headers: consistencyHeaders,
        params: z.strictObject({ borrowerId: borrowerIdSchema }),
        querystring: pageQuery,
        response: { 200: pageOf(mandateSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { borrowerId } = request.params;
      const { limit, after } = request.query;
      if (request.actor.kind === 'borrower' && request.actor.id !== borrowerId) throw httpProblem('NOT_FOUND');
      const documents = await model(context, request, reply, 'mandates');
      const page = await documents.query({
        ...{ index: 'byBorrower', equals: [borrowerId], limit },
        ...(after ? { after } : {}),
      });
      const items = page.items.flatMap(({ doc }) => shown(doc) ?? []);
      return { items, ...nextUrl(request.url, page.next) };
    },
  );
};
