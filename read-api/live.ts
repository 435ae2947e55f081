import '@fastify/sse';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { applicationIdSchema } from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import type { ApplicationDoc } from '../projections';
import { consistencyHeaders, problems } from './answers';
import { BORROWER_AND_STAFF, visible } from './own';
import { model, type ReadContext } from './read-context';

/** Stages after which nothing more will come. */
const ENDS = new Set<ApplicationDoc['stage']>(['completed', 'rejected', 'expired', 'withdrawn', 'cancelled']);

/** How long a live view waits for news before it looks by itself: where other processes write, nobody tells. */
const LOOK_MS = 500;

interface Watching {
  readonly context: ReadContext;
  readonly id: string;
  /** The last step that the client has seen. */
  readonly after: number;
  readonly read: () => Promise<ApplicationDoc | undefined>;
  readonly signal: AbortSignal;
}

/** The steps after a given one as they come, until the last. Listens before it looks, so that nothing falls between. */
async function* stepsAfter({ context, id, after, read, signal }: Watching) {
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

const lastEventId = (request: FastifyRequest): number => {
  const last = Number(request.headers['last-event-id'] ?? 0);
  return Number.isInteger(last) && last > 0 ? last : 0;
};

const acceptsEvents = ({ headers: { accept = '*/*' } }: FastifyRequest): boolean =>
  /text\/event-stream|text\/\*|\*\/\*/i.test(accept);

export const liveRoutes = (server: HttpServer, context: ReadContext): void => {
  const views = new Set<AbortController>();
  // A server closes when its last answer has ended: what never ends by itself is ended here.
  server.addHook('preClose', (done) => {
    for (const view of views) view.abort();
    done();
  });

  server.get(
    '/v1/applications/:applicationId/live',
    {
      config: { access: BORROWER_AND_STAFF, staysOpen: true },
      sse: 'manual',
      schema: {
        tags: ['Applications'],
        summary: 'The same live, as server-sent events; resumes after Last-Event-ID',
        headers: consistencyHeaders.extend({ 'last-event-id': z.string().optional() }),
        params: z.strictObject({ applicationId: applicationIdSchema }),
        response: {
          200: {
            description: 'One event "stage" for each step, numbered; the stream ends with the application’s last.',
            content: { 'text/event-stream': { schema: z.string() } },
          },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      if (!acceptsEvents(request)) throw httpProblem('NOT_ACCEPTABLE', 'this is text/event-stream only');
      const { applicationId: id } = request.params;
      const documents = await model(context, request, reply, 'applications');
      const read = async (): Promise<ApplicationDoc | undefined> => (await documents.get(id))?.doc;
      visible(request, await read(), ({ borrowerId }) => borrowerId);

      const view = new AbortController();
      views.add(view);
      reply.sse.onClose(() => view.abort());
      // Kept for another request, the connection would hold up a server that closes.
      reply.header('connection', 'close');
      // Also when there is nothing new yet: the client must know that it is listening.
      reply.sse.sendHeaders();
      reply.raw.flushHeaders();
      try {
        await reply.sse.send(stepsAfter({ context, id, after: lastEventId(request), read, signal: view.signal }));
      } catch (error) {
        // It has begun, so no problem document can follow; the client comes back and resumes.
        request.log.warn({ err: error, requestId: request.id }, 'a live view broke off');
      } finally {
        view.abort();
        views.delete(view);
      }
    },
  );
};
