import { z } from 'zod';
import { businessDateSchema } from '../domain/kernel';
import { ruleSetSchema } from '../domain/reconciliation';
import { type HttpServer, httpProblem } from '../platform/http';
import { consistencyHeaders, problems } from './answers';
import { FINANCE } from './csv';
import type { ReadContext } from './read-context';
import { comparedSchema } from './tried-rules';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const dryRunRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/finance/reconciliations/:channel/:date/dry-run',
    {
      config: { access: FINANCE },
      schema: {
        tags: ['Finance'],
        summary: 'What a rule set would make of a past statement, beside the rules in force; writes nothing',
        headers: consistencyHeaders,
        params: z.strictObject({ channel: z.string().regex(/^[0-9a-z-]{1,32}$/), date: businessDateSchema }),
        querystring: z.strictObject({ rules: z.string().max(16_000).describe('The rule set, as JSON.') }),
        response: { 200: comparedSchema, ...problems },
      },
    },
    async (request) => {
      const rules = ruleSetSchema.safeParse(parsed(request.query.rules));
      if (!rules.success) {
        const [issue] = rules.error.issues;
        throw httpProblem('VALIDATION_FAILED', `rules/${issue?.path.join('/') ?? ''}: ${issue?.message ?? ''}`);
      }
      const came = await context.dryRun({ ...request.params, rules: rules.data });
      if (came.outcome === 'unknown-counterparty') throw httpProblem('NOT_FOUND');
      if (came.outcome === 'no-statement') throw httpProblem('PARTNER_UNAVAILABLE', `no statement: ${came.reason}`);
      return came;
    },
  );
};
