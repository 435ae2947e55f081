import { z } from 'zod';
import { businessDateSchema, reconciliationId } from '../domain/kernel';
import { SETTLING_ACTIONS } from '../domain/reconciliation';
import type { HttpServer } from '../platform/http';
import { acknowledgementSchema, idempotencyHeaders, problems } from './answers';
import { give } from './give';
import type { WriteContext } from './write-context';

const params = z.strictObject({
  channel: z.string().regex(/^[0-9a-z-]{1,32}$/),
  date: businessDateSchema,
  breakId: z.string().max(128),
});
const evidence = z.string().min(1).max(200);

/** What every way to deal with a break has in common. */
const routeOf = <Body extends z.ZodType>(summary: string, body: Body) => ({
  config: { access: ['finance'] as const },
  schema: {
    ...{ tags: ['Finance'], summary, headers: idempotencyHeaders, params, body },
    response: { 200: acknowledgementSchema, ...problems },
  },
});

const acknowledged = ({ channel, date, breakId }: z.infer<typeof params>, status: string) => ({
  id: breakId,
  status,
  links: { reconciliation: `/v1/finance/reconciliations/${channel}/${date}` },
});

const aboutBreak = ({ channel, date, breakId }: z.infer<typeof params>) => ({
  reconciliationId: reconciliationId(channel, date),
  breakId,
});

export const breakRoutes = (server: HttpServer, context: WriteContext): void => {
  server.post(
    '/v1/reconciliations/:channel/:date/breaks/:breakId/owner',
    routeOf('Say who answers for a break', z.strictObject({ owner: z.string().min(1).max(128) })),
    async (request, reply) => {
      const { owner } = request.body;
      await give(context, request, reply, { type: 'AssignBreak', data: { ...aboutBreak(request.params), owner } });
      return acknowledged(request.params, 'assigned');
    },
  );

  server.post(
    '/v1/reconciliations/:channel/:date/breaks/:breakId/explanation',
    routeOf(
      'Explain a break, with the evidence for it',
      z.strictObject({ explanation: z.string().min(1).max(500), evidence }),
    ),
    async (request, reply) => {
      const data = { ...aboutBreak(request.params), ...request.body };
      await give(context, request, reply, { type: 'ExplainBreak', data });
      return acknowledged(request.params, 'explained');
    },
  );

  server.post(
    '/v1/reconciliations/:channel/:date/breaks/:breakId/correction',
    routeOf(
      'Resolve a break by a correction; what it says of the difference is booked',
      z.strictObject({ action: z.enum(SETTLING_ACTIONS), evidence }),
    ),
    async (request, reply) => {
      const data = { ...aboutBreak(request.params), ...request.body };
      await give(context, request, reply, { type: 'ResolveBreak', data });
      return acknowledged(request.params, 'resolved');
    },
  );
};
