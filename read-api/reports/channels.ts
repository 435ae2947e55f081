import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CUSTODY_BANK } from '../../domain/custody';
import {
  type BusinessDate,
  businessDateSchema,
  type Currency,
  currencySchema,
  type MoneyText,
  moneyTextSchema,
} from '../../domain/kernel';
import {
  CHANNEL_HISTORY,
  ChannelHistory,
  type ChannelReport,
  channelReport,
  isReported,
  reportTables,
} from '../../domain/reconciliation';
import { type HttpServer, httpProblem } from '../../platform/http';
import type { ChannelDoc } from '../../projections';
import { consistencyHeaders, problems } from '../answers';
import { model, type ReadContext } from '../read-context';
import { access, blockSchema, columns, monthSchema, reportFormat, sendTables } from './report';

const count = z.int().min(0);
const day = z.string();
const total = z.strictObject({ items: count, amount: moneyTextSchema });

const reportSchema = z
  .strictObject({
    channel: z.string(),
    currency: currencySchema,
    from: day,
    through: day,
    balance: z.strictObject({
      opening: moneyTextSchema,
      activity: z.strictObject({ repayments: total, payouts: total, fees: total, corrections: total }),
      closing: moneyTextSchema,
    }),
    settlement: z.strictObject({
      settled: z.array(total.extend({ statementOf: day })).readonly(),
      notYetSettled: total,
      waiting: z
        .array(
          z.strictObject({
            ...{ reference: z.string(), stream: z.string(), direction: z.enum(['in', 'out']) },
            ...{ amount: moneyTextSchema, valueDate: day, ageInDays: z.int() },
          }),
        )
        .readonly(),
    }),
    disputes: z.strictObject({
      open: z
        .array(
          z.strictObject({
            ...{ breakId: z.string(), type: z.string(), reference: z.string(), difference: moneyTextSchema },
            ...{ priority: z.string(), suggestion: z.string(), openedOn: day, ageInDays: z.int() },
            owner: z.string().optional(),
          }),
        )
        .readonly(),
      unbooked: moneyTextSchema,
    }),
    statedByThem: moneyTextSchema.describe('What the channel’s own statements must add up to.'),
  })
  .meta({ id: 'ChannelReport', description: 'A channel over some days: balance, what has settled, what is disputed.' });

/** What happened between us and some channels, gathered from the log once. */
const historiesOf = async (
  { log }: ReadContext,
  channels: readonly string[],
  currency: Currency,
): Promise<readonly ChannelHistory[]> => {
  const histories = channels.map(
    (channel) => new ChannelHistory({ channel, isCustody: channel === CUSTODY_BANK, currency }),
  );
  for await (const { events } of log.readAll({ categories: CHANNEL_HISTORY })) {
    for (const event of events.filter(isReported)) for (const history of histories) history.take(event);
  }
  return histories;
};

interface Days {
  readonly from: BusinessDate;
  readonly through: BusinessDate;
}

const positionRow = ({ channel, currency, balance, settlement, disputes, statedByThem }: ChannelReport) => ({
  ...{ channel, currency, balance: balance.closing, notYetSettled: settlement.notYetSettled.amount },
  ...{ disputed: disputes.unbooked, openBreaks: disputes.open.length, statedByThem },
});

const costSchema = z.strictObject({
  month: z.string(),
  channel: z.string(),
  direction: z.enum(['out', 'in']),
  settled: count,
  volume: moneyTextSchema,
  cost: moneyTextSchema,
});

type ChannelCost = z.infer<typeof costSchema>;

const costsOf = ({ channel, months }: ChannelDoc, from: string, to: string): readonly ChannelCost[] =>
  Object.entries(months)
    .filter(([month]) => from <= month && month <= to)
    .flatMap(([month, directions]) =>
      (['out', 'in'] as const).flatMap((direction) => {
        const of = directions[direction];
        return of === undefined ? [] : [{ month, channel, direction, ...of }];
      }),
    );

export const channelReportRoutes = (server: HttpServer, context: ReadContext): void => {
  const namesOfChannels = async (request: FastifyRequest, reply: FastifyReply): Promise<readonly string[]> => {
    const names: string[] = [];
    const documents = await model(context, request, reply, 'channels');
    for await (const page of documents.scan()) for (const { value } of page) names.push(value.doc.channel);
    return names.toSorted();
  };

  server.get(
    '/v1/finance/channels/:channel/report',
    {
      config: { access },
      schema: {
        tags: ['Finance'],
        summary: 'A channel over some days: opening, activity, closing; settled and not yet settled; breaks',
        headers: consistencyHeaders,
        params: z.strictObject({ channel: z.string().regex(/^[0-9a-z-]{1,32}$/) }),
        querystring: z.strictObject({
          from: businessDateSchema.optional(),
          through: businessDateSchema.optional(),
          currency: currencySchema.default('CNY'),
          format: reportFormat,
          block: blockSchema,
        }),
        response: { 200: reportSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { currency, format, block } = request.query;
      const { channel } = request.params;
      const through = request.query.through ?? context.today();
      const days: Days = { from: request.query.from ?? through, through };
      const [history] = await historiesOf(context, [channel], currency);
      const isKnown = channel === CUSTODY_BANK || (await namesOfChannels(request, reply)).includes(channel);
      if (history === undefined || (history.isEmpty && !isKnown)) throw httpProblem('NOT_FOUND');
      const report = channelReport(history.facts(), days);
      if (format === 'json') return report;
      return sendTables(reply, format, `${channel}-${days.from}-${through}`, reportTables(report), block);
    },
  );

  server.get(
    '/v1/finance/cash-position',
    {
      config: { access },
      schema: {
        tags: ['Finance'],
        summary: 'What each channel, and the custody bank, holds of our money at the end of a day',
        headers: consistencyHeaders,
        querystring: z.strictObject({
          on: businessDateSchema.optional(),
          currency: currencySchema.default('CNY'),
          format: reportFormat,
        }),
        response: {
          200: z.object({
            on: z.string(),
            rows: z.array(
              z.strictObject({
                channel: z.string(),
                currency: currencySchema,
                balance: moneyTextSchema.describe('Of all that went through it: money in less money out.'),
                notYetSettled: moneyTextSchema,
                disputed: moneyTextSchema,
                openBreaks: count,
                statedByThem: moneyTextSchema,
              }),
            ),
          }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { currency, format } = request.query;
      const on = request.query.on ?? context.today();
      const channels = [...(await namesOfChannels(request, reply)), CUSTODY_BANK];
      const histories = await historiesOf(context, channels, currency);
      const rows = histories.map((history) => positionRow(channelReport(history.facts(), { from: on, through: on })));
      if (format === 'json') return { on, rows };
      const text = ({ amount }: MoneyText): string => amount;
      const table = {
        name: 'Cash position',
        columns: columns(
          ['on', 'date'],
          ['channel', 'text'],
          ['balance', 'amount'],
          ['not yet settled', 'amount'],
          ['disputed', 'amount'],
          ['open breaks', 'count'],
          ['stated by them', 'amount'],
          ['currency', 'text'],
        ),
        rows: rows.map((row) => [
          ...[on, row.channel, text(row.balance), text(row.notYetSettled), text(row.disputed), row.openBreaks],
          ...[text(row.statedByThem), row.currency],
        ]),
      };
      return sendTables(reply, format, `cash-position-${on}`, [table]);
    },
  );

  server.get(
    '/v1/finance/channel-costs',
    {
      config: { access },
      schema: {
        tags: ['Finance'],
        summary: 'Fees to payment channels by month: what settled, and what that costs by their terms',
        headers: consistencyHeaders,
        querystring: z.strictObject({ from: monthSchema.optional(), to: monthSchema.optional(), format: reportFormat }),
        response: { 200: z.object({ rows: z.array(costSchema) }), ...problems },
      },
    },
    async (request, reply) => {
      const { from = '', to = '9999-12', format } = request.query;
      const documents = await model(context, request, reply, 'channels');
      const rows: ChannelCost[] = [];
      for await (const page of documents.scan()) {
        for (const { value } of page) rows.push(...costsOf(value.doc, from, to));
      }
      rows.sort((a, b) => (`${a.month} ${a.channel}` < `${b.month} ${b.channel}` ? -1 : 1));
      if (format === 'json') return { rows };
      const table = {
        name: 'Channel costs',
        columns: columns(
          ['month', 'text'],
          ['channel', 'text'],
          ['direction', 'text'],
          ['settled', 'count'],
          ['volume', 'amount'],
          ['cost', 'amount'],
          ['currency', 'text'],
        ),
        rows: rows.map(({ month, channel, direction, settled, volume, cost }) => [
          ...[month, channel, direction, settled, volume.amount, cost.amount, volume.currency],
        ]),
      };
      return sendTables(reply, format, 'channel-costs', [table]);
    },
  );
};
