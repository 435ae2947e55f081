import { z } from 'zod';
import { channelTermsSchema } from '../domain/channel';
import { channelId, channelIdSchema } from '../domain/kernel';
import type { HttpServer } from '../platform/http';
import { acknowledgementSchema, idempotencyHeaders as headers, problems } from './answers';
import { give } from './give';
import type { WriteContext } from './write-context';

const params = z.strictObject({ channelId: channelIdSchema });
const access = ['operator'] as const;

/** The name under which events, books and statements know a channel. */
const nameSchema = z.string().regex(/^[0-9a-z][0-9a-z-]{0,31}$/, 'a name such as "quickpay"');

const ACTIONS = [
  ['suspension', 'SuspendChannel', 'suspended', 'Take a channel out of use until a person restores it'],
  ['restoration', 'RestoreChannel', 'in-service', 'Put a channel back to use'],
  ['retirement', 'RetireChannel', 'retired', 'Take a channel out of use for good'],
] as const;

/** The payment channels that money may move through, on what terms, and whether they are used. */
export const channelRoutes = (server: HttpServer, context: WriteContext): void => {
  server.post(
    '/v1/channels',
    {
      config: { access },
      schema: {
        tags: ['Channels'],
        summary: 'Enrol a payment channel on its terms',
        headers,
        body: z.strictObject({ name: nameSchema, terms: channelTermsSchema }),
        response: { 201: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { name, terms } = request.body;
      const { stream } = await give(context, request, reply, {
        type: 'EnrolChannel',
        data: { channelId: channelId(name), terms },
      });
      reply.code(201);
      return { id: stream, status: 'in-service', links: { self: `/v1/channels/${stream}` } };
    },
  );

  server.post(
    '/v1/channels/:channelId/terms',
    {
      config: { access },
      schema: {
        tags: ['Channels'],
        summary: 'Replace the terms of a channel; its currency stays',
        headers,
        params,
        body: z.strictObject({ terms: channelTermsSchema }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { channelId: id } = request.params;
      await give(context, request, reply, {
        type: 'ReviseChannelTerms',
        data: { channelId: id, terms: request.body.terms },
      });
      return { id, status: 'revised', links: { self: `/v1/channels/${id}` } };
    },
  );

  for (const [action, type, status, summary] of ACTIONS) {
    server.post(
      `/v1/channels/:channelId/${action}`,
      {
        config: { access },
        schema: {
          tags: ['Channels'],
          summary,
          headers,
          params,
          body: z.strictObject({ reason: z.string().min(1).max(200) }),
          response: { 200: acknowledgementSchema, ...problems },
        },
      },
      async (request, reply) => {
        const { channelId: id } = request.params;
        await give(context, request, reply, { type, data: { channelId: id, reason: request.body.reason } });
        return { id, status, links: { self: `/v1/channels/${id}` } };
      },
    );
  }
};
