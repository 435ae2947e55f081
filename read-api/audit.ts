import { z } from 'zod';
import type { DomainEvent } from '../domain/events';
import { businessDateSchema, instantSchema } from '../domain/kernel';
import type { RecordedEvent } from '../platform/event-log';
import { categoryOf } from '../platform/event-store';
import { type HttpServer, httpProblem, problemSchema } from '../platform/http';
import { consistencyHeaders, documentSchema, nextUrl, problems } from './answers';
import { trailSchema } from './documents';
import { model, type ReadContext } from './read-context';
import { canFold, plain, stateAt, within } from './time-travel';

const access = ['auditor'] as const;
const params = z.strictObject({ stream: z.string().regex(/^[a-z]+-[0-9a-z-]{1,80}$/) });
const moment = z.strictObject({ asOf: businessDateSchema.optional(), knownAt: instantSchema.optional() });

/** Bound on one answer; a stream longer than this is read in pages. */
const EVENTS_MAX = 1_000;

const eventSchema = z.object({
  id: z.string(),
  revision: z.string(),
  position: z.string(),
  type: z.string(),
  data: z.unknown(),
  meta: z.unknown(),
});

const shown = ({ id, revision, position, type, data, meta }: RecordedEvent<DomainEvent>) => ({
  id,
  revision: revision.toString(),
  position,
  type,
  data: plain(data),
  meta: plain(meta),
});

const eventsOf = async (
  { log }: ReadContext,
  stream: string,
  from: bigint,
  limit: number,
): Promise<readonly RecordedEvent<DomainEvent>[]> => {
  const all: RecordedEvent<DomainEvent>[] = [];
  for await (const events of log.readStream(stream, { from, limit })) all.push(...events);
  return all;
};

export const auditRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/audit/streams/:stream/events',
    {
      config: { access },
      schema: {
        tags: ['Audit'],
        summary: 'The history of one thing, fact by fact; personal values are masked',
        params,
        querystring: moment.extend({
          from: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(EVENTS_MAX).default(100),
        }),
        response: { 200: z.object({ items: z.array(eventSchema), next: z.string().optional() }), ...problems },
      },
    },
    async (request) => {
      const { stream } = request.params;
      const { from, limit, ...when } = request.query;
      const events = await eventsOf(context, stream, BigInt(from), limit);
      if (events.length === 0 && from === 0) throw httpProblem('NOT_FOUND');
      const next = events.length === limit ? String(from + limit) : undefined;
      const items = events.filter((event) => within(when, event)).map(shown);
      return { items, ...nextUrl(request.url, next, 'from') };
    },
  );

  server.get(
    '/v1/audit/streams/:stream/state',
    {
      config: { access },
      schema: {
        tags: ['Audit'],
        summary: 'The state of one thing as of a business date, as known at an instant',
        params,
        querystring: moment,
        response: {
          200: z.object({
            stream: z.string(),
            asOf: z.string().optional(),
            knownAt: z.string().optional(),
            state: z.unknown(),
          }),
          ...problems,
          409: problemSchema,
        },
      },
    },
    async (request) => {
      const { stream } = request.params;
      const category = categoryOf(stream);
      if (!canFold(category)) throw httpProblem('NOT_FOUND');
      const events = await eventsOf(context, stream, 0n, Number.MAX_SAFE_INTEGER);
      if (events.length === 0) throw httpProblem('NOT_FOUND');
      const found = stateAt(category, events, request.query);
      if (!found.derivable) throw httpProblem('STATE_NOT_DERIVABLE', found.why);
      return { stream, ...request.query, state: plain(found.state) };
    },
  );

  server.get(
    '/v1/audit/streams/:stream/verification',
    {
      config: { access },
      schema: {
        tags: ['Audit'],
        summary: 'Whether the chain of hashes over a history holds, and where it does not',
        params,
        response: {
          200: z.object({ stream: z.string(), holds: z.boolean(), fault: documentSchema.optional() }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { stream } = request.params;
      const first = await eventsOf(context, stream, 0n, 1);
      if (first.length === 0) throw httpProblem('NOT_FOUND');
      const fault = await context.log.verifyStream(stream);
      return { stream, holds: fault === undefined, ...(fault ? { fault: documentOf(fault) } : {}) };
    },
  );

  server.get(
    '/v1/audit/correlations/:correlationId',
    {
      config: { access },
      schema: {
        tags: ['Audit'],
        summary: 'Everything that one request led to, across all histories',
        headers: consistencyHeaders,
        params: z.strictObject({ correlationId: z.string().min(1).max(128) }),
        response: { 200: trailSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'correlations')).get(request.params.correlationId);
      if (found === undefined) throw httpProblem('NOT_FOUND');
      return found.doc;
    },
  );
};

const documentOf = (value: object): Record<string, unknown> => documentSchema.parse(plain(value));
