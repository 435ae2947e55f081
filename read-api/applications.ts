import { hash } from 'node:crypto';
import '@fastify/sse';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ApplicationState, applicationDecider, contractText } from '../domain/application';
import type { DomainEvent } from '../domain/events';
import { applicationIdSchema } from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import type { ApplicationDoc } from '../projections';
import { consistencyHeaders, documentSchema, nextUrl, pageOf, pageQuery, problems } from './answers';
import { BORROWER_AND_STAFF, visible } from './own';
import { model, type ReadContext } from './read-context';

const params = z.strictObject({ applicationId: applicationIdSchema });

/** Stages after which nothing more will come. */
const ENDS = new Set(['completed', 'rejected', 'expired', 'withdrawn', 'cancelled']);

/** How long a live view waits for news before it looks by itself. */
const LOOK_MS = 1_000;

const etagOf = (doc: ApplicationDoc): string => `"${doc.id}-${doc.steps.length}"`;

/** What a borrower is shown; the decision's inner workings are for staff. */
const shownTo = (request: FastifyRequest, doc: ApplicationDoc): Record<string, unknown> => {
  if (request.actor.kind !== 'borrower') return { ...doc };
  const { decision: _decision, referred: _referred, ...shown } = doc;
  return shown;
};

/** The steps after a given one as they come, until the last. */
async function* liveSteps(
  context: ReadContext,
  read: () => Promise<ApplicationDoc | undefined>,
  id: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<{ id: string; event: string; data: object }> {
  let seen = after;
  while (!signal.aborted) {
    const news = context.changes.next('applications', id, LOOK_MS, signal);
    const doc = await read();
    if (doc === undefined) return;
    for (const step of doc.steps.slice(seen)) {
      yield { id: String(step.n), event: 'stage', data: { id, ...step, reasons: doc.reasons } };
      seen = step.n;
    }
    if (ENDS.has(doc.stage)) return;
    await news;
  }
}

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
        response: { 200: documentSchema, 304: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'applications')).get(request.params.applicationId);
      const doc = visible(request, found?.doc, ({ borrowerId }) => borrowerId);
      reply.header('etag', etagOf(doc)).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === etagOf(doc)) return reply.code(304).send(null);
      return shownTo(request, doc);
    },
  );

  server.get(
    '/v1/applications/:applicationId/live',
    {
      config: { access: BORROWER_AND_STAFF },
      sse: 'only',
      schema: {
        tags: ['Applications'],
        summary: 'The same live, as server-sent events; resumes after Last-Event-ID',
        params,
      },
    },
    async (request, reply) => {
      const { applicationId } = request.params;
      const documents = await model(context, request, reply, 'applications');
      const read = async (): Promise<ApplicationDoc | undefined> => (await documents.get(applicationId))?.doc;
      visible(request, await read(), ({ borrowerId }) => borrowerId);
      const last = Number(request.headers['last-event-id'] ?? 0);
      const closing = new AbortController();
      request.raw.once('close', () => closing.abort());
      const from = Number.isInteger(last) && last > 0 ? last : 0;
      await reply.sse.send(liveSteps(context, read, applicationId, from, closing.signal));
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
    '/v1/review-queue',
    {
      config: { access: ['underwriter'] },
      schema: {
        tags: ['Applications'],
        summary: 'Applications that wait for a person, oldest first',
        headers: consistencyHeaders,
        querystring: pageQuery,
        response: { 200: pageOf(documentSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const documents = await model(context, request, reply, 'applications');
      const page = await documents.query({ index: 'toReview', limit, ...(after ? { after } : {}) });
      return { items: page.items.map(({ doc }) => ({ ...doc })), ...nextUrl(request.url, page.next) };
    },
  );
};

type ApplicationFact = Parameters<typeof applicationDecider.evolve>[1];

/** The streams of applications hold the facts of applications. */
const applicationEvent = (event: DomainEvent): ApplicationFact => event as ApplicationFact;
