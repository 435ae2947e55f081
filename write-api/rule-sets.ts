import { z } from 'zod';
import { aggregates } from '../commands';
import { businessDateSchema, rulesId, rulesIdSchema } from '../domain/kernel';
import { HOUSE_RULES, ruleSetSchema } from '../domain/reconciliation';
import { ruleSetHashSchema } from '../domain/rules';
import { canonicalHash } from '../platform/event-log';
import { type HttpServer, httpProblem } from '../platform/http';
import { acknowledgementSchema, idempotencyHeaders as headers, problems } from './answers';
import { give } from './give';
import type { WriteContext } from './write-context';

const access = ['finance'] as const;
const tags = ['Finance'];
const params = z.strictObject({ rulesId: rulesIdSchema, hash: ruleSetHashSchema });
const told = (hash: string, status: string) => ({
  id: hash,
  status,
  links: { self: `/v1/finance/rule-sets/${hash}` },
});

/** Rules of reconciliation on their way into force: drafted, tried on a past statement, activated by somebody else. */
export const ruleSetRoutes = (server: HttpServer, context: WriteContext): void => {
  server.post(
    '/v1/finance/rule-sets',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Draft the next version of the rules of a counterparty, or (as `house`) of all that have none',
        headers,
        body: z.strictObject({ document: ruleSetSchema }),
        response: { 201: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { document } = request.body;
      await give(context, request, reply, {
        type: 'DraftRuleSet',
        data: { rulesId: rulesId(document.name), document },
      });
      reply.code(201);
      return told(canonicalHash(document), 'drafted');
    },
  );

  server.post(
    '/v1/finance/rule-sets/:rulesId/versions/:hash/trials',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Try a version on a past statement, and put on record how much it finds beside the rules in force',
        headers,
        params,
        body: z.strictObject({
          date: businessDateSchema,
          channel: z
            .string()
            .regex(/^[0-9a-z-]{1,32}$/)
            .optional()
            .describe('Whose statement; needed for the rules of `house` only.'),
        }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { rulesId: id, hash } = request.params;
      const version = (await context.bus.load(aggregates.rules, id)).state.versions.get(hash);
      if (version === undefined) throw httpProblem('NOT_FOUND');
      const { name } = version.document;
      const { date, channel = name } = request.body;
      if (channel === HOUSE_RULES.name) throw httpProblem('VALIDATION_FAILED', 'channel: whose statement');
      const came = await context.tryRules({ channel, date, rules: version.document });
      if (came.outcome === 'unknown-counterparty') throw httpProblem('NOT_FOUND');
      if (came.outcome === 'no-statement') throw httpProblem('PARTNER_UNAVAILABLE', `no statement: ${came.reason}`);
      await give(context, request, reply, {
        type: 'RecordRuleSetTrial',
        data: { rulesId: id, hash, trial: came.trial },
      });
      return told(hash, 'tried');
    },
  );

  server.post(
    '/v1/finance/rule-sets/:rulesId/versions/:hash/activation',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Put a version in force that somebody else has drafted; statements are compared by it from then on',
        headers,
        params,
        body: z.strictObject({ note: z.string().max(500) }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const data = { ...request.params, note: request.body.note };
      await give(context, request, reply, { type: 'ActivateRuleSet', data });
      return told(request.params.hash, 'active');
    },
  );
};
