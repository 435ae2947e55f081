import { z } from 'zod';
import { aggregates } from '../commands';
import { policyId, policyIdSchema } from '../domain/kernel';
import { type PolicyDocument, policyDocumentSchema, policyHashSchema } from '../domain/policy';
import { REFUSALS } from '../domain/refusals';
import { type HttpServer, httpProblem, Problem } from '../platform/http';
import { acknowledgementSchema, idempotencyHeaders as headers, problems } from './answers';
import { give } from './give';
import type { PolicyFault, WriteContext } from './write-context';

const access = ['underwriter', 'operator'] as const;
const params = z.strictObject({ policyId: policyIdSchema, hash: policyHashSchema });
const linksTo = (hash: string) => ({ self: `/v1/risk/policies/${hash}` });

/** A policy that would not decide as it says: each place is named, for people and for programs. */
const broken = (faults: readonly PolicyFault[]): Problem =>
  new Problem({
    status: 422,
    code: 'POLICY_BROKEN',
    title: REFUSALS.POLICY_BROKEN.meaning,
    detail: faults.map(({ place, code, detail }) => `${place}: ${code}, ${detail}`).join('; '),
    errors: faults.map(({ place, code, detail }) => ({ pointer: `/${place}`, message: `${code}: ${detail}` })),
  });

const readDocument = (document: unknown): PolicyDocument => {
  const parsed = policyDocumentSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw broken(
    parsed.error.issues.map(({ path, message }) => ({ place: path.join('/'), code: 'SHAPE', detail: message })),
  );
};

/** Risk policies on their way to deciding: drafted, checked, in the shadow, activated by two people, retired. */
export const policyRoutes = (server: HttpServer, context: WriteContext): void => {
  const { bus, policies } = context;

  server.post(
    '/v1/risk/policies',
    {
      config: { access },
      schema: {
        tags: ['Risk'],
        summary: 'Draft the next version of a risk policy; the same content again is the same version',
        headers,
        body: z.strictObject({
          document: z
            .record(z.string(), z.unknown())
            .describe('A risk policy, as `GET /v1/risk/policies/<hash>` shows one.'),
        }),
        response: { 201: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const document = readDocument(request.body.document);
      const hash = policies.hashOf(document);
      await give(context, request, reply, {
        type: 'DraftPolicy',
        data: { policyId: policyId(document.name), document },
      });
      reply.code(201);
      return { id: hash, status: 'drafted', links: linksTo(hash) };
    },
  );

  server.post(
    '/v1/risk/policies/:policyId/versions/:hash/check',
    {
      config: { access },
      schema: {
        tags: ['Risk'],
        summary:
          'Check a version: every cell, every field, every catch-all, every golden case; faults are named by place',
        headers,
        params,
        body: z.strictObject({}),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { policyId: id, hash } = request.params;
      const version = (await bus.load(aggregates.policy, id)).state.versions.get(hash);
      if (version === undefined) throw httpProblem('NOT_FOUND');
      const findings = await policies.check(version.document);
      if (findings.length > 0) throw broken(findings);
      await give(context, request, reply, {
        type: 'CheckPolicy',
        data: {
          policyId: id,
          hash,
          findings: [],
          catalogue: policies.catalogue,
          goldenCases: version.document.golden.length,
        },
      });
      return { id: hash, status: 'checked', links: linksTo(hash) };
    },
  );

  server.post(
    '/v1/risk/policies/:policyId/versions/:hash/shadow',
    {
      config: { access },
      schema: {
        tags: ['Risk'],
        summary: 'Let a version decide beside the active one, for the record only',
        headers,
        params,
        body: z.strictObject({}),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      await give(context, request, reply, { type: 'ShadowPolicy', data: request.params });
      return { id: request.params.hash, status: 'shadow', links: linksTo(request.params.hash) };
    },
  );

  server.post(
    '/v1/risk/policies/:policyId/versions/:hash/approval',
    {
      config: { access },
      schema: {
        tags: ['Risk'],
        summary: 'Approve the activation of a version: the second approval activates it, from the next decision on',
        headers,
        params,
        body: z.strictObject({ note: z.string().max(500) }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { hash } = request.params;
      const data = { ...request.params, note: request.body.note };
      const { events } = await give(context, request, reply, { type: 'ApprovePolicy', data });
      const activated = events.some(({ type }) => type === 'PolicyActivated');
      return { id: hash, status: activated ? 'active' : 'approved', links: linksTo(hash) };
    },
  );

  server.post(
    '/v1/risk/policies/:policyId/versions/:hash/retirement',
    {
      config: { access },
      schema: {
        tags: ['Risk'],
        summary: 'Retire a version that does not decide',
        headers,
        params,
        body: z.strictObject({ reason: z.string().min(1).max(200) }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { hash } = request.params;
      const data = { ...request.params, reason: request.body.reason };
      await give(context, request, reply, { type: 'RetirePolicy', data });
      return { id: hash, status: 'retired', links: linksTo(hash) };
    },
  );
};
