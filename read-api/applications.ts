import { hash } from 'node:crypto';
import { z } from 'zod';
import { type ApplicationState, applicationDecider, contractText } from '../domain/application';
import type { DomainEvent } from '../domain/events';
import { applicationIdSchema, businessDateAt } from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { etagOf, isKnown, shownTo } from './application-view';
import { applicationSchema } from './documents';
import { BORROWER_AND_STAFF, visible } from './own';
import { model, type ReadContext } from './read-context';

const params = z.strictObject({ applicationId: applicationIdSchema });

export const applicationRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/applications/:applicationId',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Applications'],
        summary: 'Where an application stands; send the ETag back to ask only for news',
        headers: consistencyHeaders,
        params,
        response: { 200: applicationSchema, 304: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'applications')).get(request.params.applicationId);
      const doc = visible(request, found?.doc, ({ borrowerId }) => borrowerId);
      const etag = etagOf(doc);
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (isKnown(request, etag)) return reply.code(304).send(null);
      return shownTo(request, doc);
    },
  );

  server.get(
    '/v1/applications/:applicationId/contract',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Applications'],
        summary: 'The contract, word for word, with its hash',
        params,
        response: { 200: z.object({ text: z.string(), documentHash: z.string() }), ...problems },
      },
    },
    async (request) => {
      const { applicationId } = request.params;
      let state: ApplicationState = applicationDecider.initial;
      for await (const events of context.log.readStream(applicationId)) {
        for (const event of events) state = applicationDecider.evolve(state, applicationEvent(event));
      }
      const application = visible(request, state.status === 'none' ? undefined : state, ({ borrowerId }) => borrowerId);
      const text = contractText(applicationId, application);
      if (text === undefined) throw httpProblem('NOT_FOUND', 'there is no offer yet');
      return { text, documentHash: hash('sha256', text, 'hex') };
    },
  );

  server.get(
    '/v1/applications/:applicationId/notice',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Applications'],
        summary:
          'The notice on a rejection, in Chinese and English: why, from which sources, and what may be asked for',
        headers: consistencyHeaders,
        params,
        response: { 200: z.strictObject({ en: z.string(), zh: z.string() }), ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'applications')).get(request.params.applicationId);
      const doc = visible(request, found?.doc, ({ borrowerId }) => borrowerId);
      const { id, stage, reasons, steps, decision, reviewed } = doc;
      const rejected = steps.findLast(({ event }) => event === 'ApplicationRejected');
      if (stage !== 'rejected' || rejected === undefined) {
        throw httpProblem('NOT_FOUND', 'it has not been rejected');
      }
      return context.notice({
        applicationId: id,
        on: businessDateAt(Date.parse(rejected.at)),
        reasons,
        sources: (decision?.sources ?? []).filter(({ outcome }) => outcome === 'answered').map(({ source }) => source),
        byPerson: reviewed === true,
      });
    },
  );

  server.get(
    '/v1/review-queue',
    {
      config: { access: ['underwriter'] },
      schema: {
        tags: ['Applications'],
        summary: 'Applications that wait for a person, oldest first',
        headers: consistencyHeaders,
        querystring: pageQuery,
        response: { 200: pageOf(applicationSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const documents = await model(context, request, reply, 'applications');
      const page = await documents.query({ index: 'toReview', limit, ...(after ? { after } : {}) });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );
};

type ApplicationFact = Parameters<typeof applicationDecider.evolve>[1];

/** The streams of applications hold the facts of applications. */
const applicationEvent = (event: DomainEvent): ApplicationFact => event as ApplicationFact;
