import { z } from 'zod';
import { businessDateSchema, HOUSE_PERIODS } from '../domain/kernel';
import type { HttpServer } from '../platform/http';
import { acknowledgementSchema, idempotencyHeaders, problems } from './answers';
import { give } from './give';
import type { WriteContext } from './write-context';

export const periodRoutes = (server: HttpServer, context: WriteContext): void => {
  server.post(
    '/v1/periods',
    {
      config: { access: ['finance'] },
      schema: {
        tags: ['Finance'],
        summary: 'Close the books up to and with a business date that is over; for good',
        headers: idempotencyHeaders,
        body: z.strictObject({ through: businessDateSchema }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { through } = request.body;
      await give(context, request, reply, { type: 'ClosePeriod', data: { periodId: HOUSE_PERIODS, through } });
      const links = { periods: '/v1/finance/periods', trialBalance: `/v1/finance/trial-balance?on=${through}` };
      return { id: through, status: 'closed', links };
    },
  );
};
