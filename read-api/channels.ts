import { z } from 'zod';
import { channelTermsSchema, heartbeatSchema } from '../domain/channel';
import { channelIdSchema, moneyTextSchema } from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import { type ChannelDoc, channelMeasures } from '../projections';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { model, type ReadContext } from './read-context';

const access = ['operator', 'finance', 'auditor'] as const;
const count = z.int().min(0);

const totalsSchema = z.strictObject({
  settled: count,
  failed: count,
  unanswered: count.describe('Instructions that had no answer at first.'),
  foundOut: count.describe('Those of them whose outcome was found out.'),
  volume: moneyTextSchema,
  cost: moneyTextSchema,
});

const channelSchema = z
  .strictObject({
    id: z.string(),
    channel: z.string(),
    status: z.enum(['in-service', 'degraded', 'suspended', 'retired']),
    terms: channelTermsSchema,
    heartbeat: heartbeatSchema.optional(),
    health: z.strictObject({
      failuresInARow: count,
      silencesInARow: count,
      lastSettledAt: z.string().optional(),
      anomalies: z.array(z.strictObject({ anomaly: z.string(), detail: z.string(), at: z.string() })).readonly(),
    }),
    totals: z.strictObject({ out: totalsSchema, in: totalsSchema }).describe('All that it ever did.'),
    underWay: count.describe('Instructions whose outcome is not known yet.'),
    measures: z
      .array(
        z.strictObject({
          direction: z.enum(['out', 'in']),
          band: z.string().describe('The band that the amounts fall in, such as "to-5000".'),
          bank: z.string().describe('Empty where it is not known.'),
          settled: count,
          failed: count,
          seconds: count.describe('From instruction to settlement, of all that settled.'),
          volume: moneyTextSchema,
          cost: moneyTextSchema,
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Channel', description: 'A payment channel: its terms, its health, and what it did in 30 days.' });

const viewOf = (doc: ChannelDoc): z.infer<typeof channelSchema> => {
  const { days: _days, months: _months, underWay, ...shown } = doc;
  return { ...shown, underWay: Object.keys(underWay).length, measures: channelMeasures(doc) };
};

/** The payment channels that money may move through. */
export const channelRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/channels',
    {
      config: { access },
      schema: {
        tags: ['Channels'],
        summary: 'Payment channels by status and name',
        headers: consistencyHeaders,
        querystring: pageQuery,
        response: { 200: pageOf(channelSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const documents = await model(context, request, reply, 'channels');
      const page = await documents.query({ index: 'byStatus', limit, ...(after ? { after } : {}) });
      return { items: page.items.map(({ doc }) => viewOf(doc)), ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/channels/:channelId',
    {
      config: { access },
      schema: {
        tags: ['Channels'],
        summary: 'A payment channel: its terms, its health, and what it did lately',
        headers: consistencyHeaders,
        params: z.strictObject({ channelId: channelIdSchema }),
        response: { 200: channelSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'channels')).get(request.params.channelId);
      if (found === undefined) throw httpProblem('NOT_FOUND');
      return viewOf(found.doc);
    },
  );
};
