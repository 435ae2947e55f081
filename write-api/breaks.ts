import { z } from 'zod';
import { businessDateSchema, reconciliationId } from '../domain/kernel';
import type { HttpServer } from '../platform/http';
import { acknowledgementSchema, idempotencyHeaders, problems } from './answers';
import { give } from './give';
import type { WriteContext } from './write-context';

export const breakRoutes = (server: HttpServer, context: WriteContext): void => {
  server.post(
    '/v1/reconciliations/:channel/:date/breaks/:breakId/explanation',
    {
      config: { access: ['finance'] },
      schema: {
        tags: ['Finance'],
        summary: 'Explain a break, with the evidence for it',
        headers: idempotencyHeaders,
        params: z.strictObject({
          channel: z.string().regex(/^[0-9a-z-]{1,32}$/),
          date: businessDateSchema,
          breakId: z.string().max(128),
        }),
        body: z.strictObject({ explanation: z.string().min(1).max(500), evidence: z.string().min(1).max(200) }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { channel, date, breakId } = request.params;
      const { explanation, evidence } = request.body;
      await give(context, request, reply, {
        type: 'ExplainBreak',
        data: { reconciliationId: reconciliationId(channel, date), breakId, explanation, evidence },
      });
      const self = `/v1/finance/reconciliations/${channel}/${date}`;
      return { id: breakId, status: 'explained', links: { reconciliation: self } };
    },
  );
};
