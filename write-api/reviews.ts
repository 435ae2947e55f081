import { z } from 'zod';
import { applicationIdSchema } from '../domain/kernel';
import type { HttpServer } from '../platform/http';
import { acknowledgementSchema, idempotencyHeaders as headers, problems } from './answers';
import { give } from './give';
import { callingBorrower } from './own';
import type { WriteContext } from './write-context';

const params = z.strictObject({ applicationId: applicationIdSchema });

const CLAIMS = [
  ['review-claim', 'ClaimReview', 'claimed', 'Claim what the engine left to people: others keep away for half an hour'],
  ['review-release', 'ReleaseReview', 'released', 'Give a claim back to the queue'],
] as const;

/** Who looks at what the engine has left to people, and the borrower's right that somebody does. */
export const reviewRoutes = (server: HttpServer, context: WriteContext): void => {
  for (const [action, type, status, summary] of CLAIMS) {
    server.post(
      `/v1/applications/:applicationId/${action}`,
      {
        config: { access: ['underwriter'] },
        schema: {
          tags: ['Applications'],
          summary,
          headers,
          params,
          body: z.strictObject({}),
          response: { 200: acknowledgementSchema, ...problems },
        },
      },
      async (request, reply) => {
        const { applicationId: id } = request.params;
        await give(context, request, reply, { type, data: { applicationId: id } });
        return { id, status, links: { self: `/v1/applications/${id}` } };
      },
    );
  }

  server.post(
    '/v1/applications/:applicationId/human-review',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Applications'],
        summary: 'Ask that a person looks at what was rejected by automatic means alone',
        headers,
        params,
        body: z.strictObject({ reason: z.string().min(1).max(500) }),
        response: { 202: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { applicationId: id } = request.params;
      const borrowerId = callingBorrower(request);
      const data = { applicationId: id, borrowerId, reason: request.body.reason };
      await give(context, request, reply, { type: 'RequestHumanReview', data });
      reply.code(202);
      return { id, status: 'under_review', links: { self: `/v1/applications/${id}` } };
    },
  );
};
