import { z } from 'zod';
import { actorSchema } from '../domain/kernel';
import { ruleSetSchema } from '../domain/reconciliation';
import { ruleSetHashSchema, trialSchema } from '../domain/rules';
import { type HttpServer, httpProblem } from '../platform/http';
import { RULE_SET_STATUSES } from '../projections';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { FINANCE } from './csv';
import { model, type ReadContext } from './read-context';

const versionSchema = z
  .strictObject({
    hash: z.string(),
    rulesId: z.string(),
    rules: z.string().describe('Name and version, as a reconciliation names the rules that it went by.'),
    version: z.int().min(1),
    status: z.enum(RULE_SET_STATUSES),
    draftedBy: actorSchema,
    draftedOn: z.string(),
    trials: z.array(trialSchema.extend({ by: actorSchema })).readonly(),
    activations: z.array(z.strictObject({ by: actorSchema, note: z.string(), at: z.string() })).readonly(),
  })
  .meta({ id: 'RuleSetVersion', description: 'A version of the rules of reconciliation, and how far it has come.' });

/** The versions of the rules by which statements are held against our movements. */
export const ruleSetRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/finance/rule-sets',
    {
      config: { access: FINANCE },
      schema: {
        tags: ['Finance'],
        summary: 'Versions of rules of reconciliation by name and number, without their content',
        headers: consistencyHeaders,
        querystring: pageQuery,
        response: { 200: pageOf(versionSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const documents = await model(context, request, reply, 'ruleSets');
      const page = await documents.query({ index: 'byVersion', limit, ...(after ? { after } : {}) });
      const items = page.items.map(({ doc: { document: _, ...version } }) => version);
      return { items, ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/finance/rule-sets/:hash',
    {
      config: { access: FINANCE },
      schema: {
        tags: ['Finance'],
        summary: 'A version of rules of reconciliation with its content: what a night went by that names its hash',
        headers: consistencyHeaders,
        params: z.strictObject({ hash: ruleSetHashSchema }),
        response: { 200: versionSchema.extend({ document: ruleSetSchema }), ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'ruleSets')).get(request.params.hash);
      if (found === undefined) throw httpProblem('NOT_FOUND');
      return found.doc;
    },
  );
};
