import { z } from 'zod';
import { borrowerIdSchema } from '../domain/kernel';
import { languageSchema, messageChannelSchema, noticeKindSchema } from '../domain/notices';
import { type HttpServer, httpProblem } from '../platform/http';
import { MESSAGE_STATUSES } from '../projections';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { BORROWER_AND_STAFF } from './own';
import { model, type ReadContext } from './read-context';

const messageSchema = z
  .strictObject({
    id: z.string(),
    borrowerId: z.string(),
    kind: noticeKindSchema,
    about: z.string().describe('The application or loan that it is about.'),
    channel: messageChannelSchema,
    language: languageSchema,
    template: z.string().describe('With its version, such as "loan-paid-out@1".'),
    status: z.enum(MESSAGE_STATUSES),
    attempts: z.int().min(1),
    at: z.string(),
    gateway: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'Message', description: 'A message to a borrower: what it was about and what became of it.' });

/** What borrowers were told. */
export const messageRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/borrowers/:borrowerId/messages',
    {
      config: { access: [...BORROWER_AND_STAFF, 'collector'] },
      schema: {
        tags: ['Borrowers'],
        summary: 'What a borrower was told, newest first',
        headers: consistencyHeaders,
        params: z.strictObject({ borrowerId: borrowerIdSchema }),
        querystring: pageQuery,
        response: { 200: pageOf(messageSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { borrowerId } = request.params;
      if (request.actor.kind === 'borrower' && request.actor.id !== borrowerId) throw httpProblem('NOT_FOUND');
      const { limit, after } = request.query;
      const documents = await model(context, request, reply, 'messages');
      const page = await documents.query({
        ...{ index: 'byBorrower', equals: [borrowerId], order: 'descending', limit },
        ...(after ? { after } : {}),
      });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/messages/troubled',
    {
      config: { access: ['operator', 'auditor'] },
      schema: {
        tags: ['Operations'],
        summary: 'Messages that have not certainly gone out, oldest first',
        headers: consistencyHeaders,
        querystring: pageQuery,
        response: { 200: pageOf(messageSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const documents = await model(context, request, reply, 'messages');
      const page = await documents.query({ index: 'troubled', limit, ...(after ? { after } : {}) });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );
};
