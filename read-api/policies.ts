import { z } from 'zod';
import { actorSchema } from '../domain/kernel';
import { POLICY_STATUSES, policyDocumentSchema, policyHashSchema } from '../domain/policy';
import { type HttpServer, httpProblem } from '../platform/http';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { model, type ReadContext } from './read-context';

const access = ['underwriter', 'operator', 'auditor'] as const;

const versionSchema = z
  .strictObject({
    hash: z.string(),
    policyId: z.string(),
    version: z.int().min(1),
    status: z.enum(POLICY_STATUSES),
    note: z.string(),
    draftedBy: actorSchema,
    draftedOn: z.string(),
    approvals: z.array(z.strictObject({ by: actorSchema, note: z.string(), at: z.string() })).readonly(),
    activatedAt: z.string().optional(),
  })
  .meta({ id: 'RiskPolicyVersion', description: 'A version of a risk policy, and how far it has come.' });

/** The versions of the risk policy. */
export const policyRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/risk/policies',
    {
      config: { access },
      schema: {
        tags: ['Risk'],
        summary: 'Versions of risk policies, in the order of drafting, without their content',
        headers: consistencyHeaders,
        querystring: pageQuery,
        response: { 200: pageOf(versionSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const documents = await model(context, request, reply, 'policies');
      const page = await documents.query({ index: 'byVersion', limit, ...(after ? { after } : {}) });
      const items = page.items.map(({ doc: { document: _, ...version } }) => version);
      return { items, ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/risk/policies/:hash',
    {
      config: { access },
      schema: {
        tags: ['Risk'],
        summary: 'A version of a risk policy with its content; its rules open in rule editors as they are',
        headers: consistencyHeaders,
        params: z.strictObject({ hash: policyHashSchema }),
        response: { 200: versionSchema.extend({ document: policyDocumentSchema }), ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'policies')).get(request.params.hash);
      if (found === undefined) throw httpProblem('NOT_FOUND');
      return found.doc;
    },
  );
};
