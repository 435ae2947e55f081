import { z } from 'zod';
import { policyHashSchema } from '../domain/policy';
import { type HttpServer, httpProblem } from '../platform/http';
import { problems } from './answers';
import type { ReadContext } from './read-context';
import { replaySchema, span, whatIfSchema } from './recorded-decisions';

const access = ['underwriter', 'operator', 'auditor'] as const;
/** Decisions made again: by the versions that they name, or by another one. */
export const riskRoutes = (server: HttpServer, { decisions }: ReadContext): void => {
  server.get(
    '/v1/risk/replay',
    {
      config: { access },
      schema: {
        tags: ['Risk'],
        summary: 'Make the decisions of a span again, by the recorded versions: there should be no difference',
        querystring: z.strictObject(span),
        response: { 200: replaySchema, ...problems },
      },
    },
    ({ query }) => decisions.replay(query),
  );

  server.get(
    '/v1/risk/policies/:hash/what-if',
    {
      config: { access },
      schema: {
        tags: ['Risk'],
        summary: 'Decide the applications of a span by another version: approvals, prices, losses, swap sets',
        params: z.strictObject({ hash: policyHashSchema }),
        querystring: z.strictObject(span),
        response: { 200: whatIfSchema, ...problems },
      },
    },
    async ({ params, query }) => {
      const report = await decisions.whatIf(params.hash, query);
      if (report === undefined) throw httpProblem('NOT_FOUND');
      return report;
    },
  );
};
