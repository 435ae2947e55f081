import { z } from 'zod';
import { businessDateSchema, reconciliationId } from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import { PORTFOLIO_KEY } from '../projections';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { bookRoutes } from './books';
import { csv, csvFormat, FINANCE, sendCsv } from './csv';
import { portfolioSchema, reconciliationSchema } from './documents';
import { dryRunRoutes } from './dry-runs';
import { journalRoutes } from './journal';
import { model, type ReadContext } from './read-context';
import { reportRoutes } from './reports';
import { ruleSetRoutes } from './rule-sets';

export const financeRoutes = (server: HttpServer, context: ReadContext): void => {
  journalRoutes(server, context);
  bookRoutes(server, context);
  reportRoutes(server, context);
  dryRunRoutes(server, context);
  ruleSetRoutes(server, context);

  server.get(
    '/v1/finance/reconciliations',
    {
      config: { access: FINANCE },
      schema: {
        tags: ['Finance'],
        summary: 'Reconciliations by date; `open` for those with breaks that nothing explains yet',
        headers: consistencyHeaders,
        querystring: pageQuery.extend({ status: z.enum(['all', 'open']).default('all') }),
        response: { 200: pageOf(reconciliationSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after, status } = request.query;
      const documents = await model(context, request, reply, 'reconciliations');
      const page = await documents.query({
        index: status === 'open' ? 'open' : 'byDate',
        order: 'descending',
        limit,
        ...(after ? { after } : {}),
      });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/finance/reconciliations/:channel/:date',
    {
      config: { access: FINANCE },
      schema: {
        tags: ['Finance'],
        summary: 'One channel’s statement of one day against our own events: every break and what explains it',
        headers: consistencyHeaders,
        params: z.strictObject({ channel: z.string().regex(/^[0-9a-z-]{1,32}$/), date: businessDateSchema }),
        querystring: z.strictObject({ format: csvFormat }),
        response: { 200: reconciliationSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { channel, date } = request.params;
      const documents = await model(context, request, reply, 'reconciliations');
      const found = await documents.get(reconciliationId(channel, date));
      if (found === undefined) throw httpProblem('NOT_FOUND');
      if (request.query.format === 'json') return found.doc;
      const columns = ['break', 'type', 'reference', 'difference', 'currency', 'explanation', 'evidence'];
      const rows = found.doc.breaks.map(({ breakId, type, reference, difference, explanation, evidence }) => [
        breakId,
        type,
        reference,
        difference.amount,
        difference.currency,
        explanation,
        evidence,
      ]);
      return sendCsv(reply, `reconciliation-${channel}-${date}`, csv(columns, rows));
    },
  );

  server.get(
    '/v1/finance/portfolio',
    {
      config: { access: [...FINANCE, 'operator'] },
      schema: {
        tags: ['Finance'],
        summary: 'The whole house in figures',
        headers: consistencyHeaders,
        response: { 200: portfolioSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'portfolio')).get(PORTFOLIO_KEY);
      if (found === undefined) throw httpProblem('NOT_FOUND', 'nothing has happened yet');
      return found.doc;
    },
  );
};
