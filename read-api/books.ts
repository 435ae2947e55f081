import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { businessDateSchema, type Currency, formatMoney, parseMoney } from '../domain/kernel';
import { type AccountCode, type Balances, trialBalance } from '../domain/ledger';
import { PORTIONS, type Portion } from '../domain/loan';
import type { HttpServer } from '../platform/http';
import type { ReceivablesDoc } from '../projections';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { csv, csvFormat, everyDocument, FINANCE, sendCsv } from './csv';
import { periodSchema, subLedgerSchema, trialBalanceSchema } from './documents';
import { model, type ReadContext } from './read-context';
import { columns, reportFormat, sendTables } from './reports';

const RECEIVABLE: Readonly<Record<Portion, AccountCode>> = {
  principal: '1101',
  interest: '1102',
  fee: '1103',
  penalty: '1104',
};

/** Balances up to and with a day, from the turnover of each day. */
const balancesOn = async (
  context: ReadContext,
  request: FastifyRequest,
  reply: FastifyReply,
  on: string,
): Promise<Balances> => {
  const documents = await model(context, request, reply, 'accountDays');
  const held = new Map<Currency, Map<AccountCode, bigint>>();
  for await (const { account, currency, debits, credits } of everyDocument(documents, { index: 'byDay', most: on })) {
    const accounts = held.get(currency) ?? new Map<AccountCode, bigint>();
    accounts.set(account, (accounts.get(account) ?? 0n) + parseMoney(debits).minor - parseMoney(credits).minor);
    held.set(currency, accounts);
  }
  return held;
};

/** Whether anything can still be booked on a day. */
const periodOf = async (
  context: ReadContext,
  request: FastifyRequest,
  reply: FastifyReply,
  on: string,
): Promise<'open' | 'closed'> => {
  const documents = await model(context, request, reply, 'periods');
  const closed = await documents.query({ index: 'byThrough', least: on, limit: 1 });
  return closed.items.length === 0 ? 'open' : 'closed';
};

type SubLedger = z.infer<typeof subLedgerSchema>;

/** One currency's loans against its books, portion by portion. */
const compare = ({ currency, portions }: ReceivablesDoc, balances: Balances): SubLedger => {
  const text = (minor: bigint): string => formatMoney({ minor, currency }).amount;
  const rows = PORTIONS.map((portion) => {
    const account = RECEIVABLE[portion];
    const sub = parseMoney(portions[portion]).minor;
    const general = balances.get(currency)?.get(account) ?? 0n;
    return {
      portion,
      account,
      subLedger: text(sub),
      generalLedger: text(general),
      difference: text(sub - general),
    };
  });
  return { currency, rows, agrees: rows.every(({ subLedger, generalLedger }) => subLedger === generalLedger) };
};

export const bookRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/finance/trial-balance',
    {
      config: { access: FINANCE },
      schema: {
        tags: ['Finance'],
        summary: 'Balance of every account at the end of a day',
        headers: consistencyHeaders,
        querystring: z.strictObject({ on: businessDateSchema.optional(), format: reportFormat }),
        response: {
          200: z.object({
            on: z.string(),
            period: z.enum(['open', 'closed']).describe('In a closed one nothing is booked any more.'),
            currencies: z.array(trialBalanceSchema),
          }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const on = request.query.on ?? context.today();
      const balances = trialBalance(await balancesOn(context, request, reply, on));
      const currencies = balances.map(({ currency, rows, debits, credits }) => ({
        currency,
        rows: rows.map(({ account, name, kind, debit, credit }) => ({
          account,
          name,
          kind,
          debit: formatMoney(debit).amount,
          credit: formatMoney(credit).amount,
        })),
        debits: formatMoney(debits).amount,
        credits: formatMoney(credits).amount,
        balanced: debits.minor === credits.minor,
      }));
      if (request.query.format === 'json') {
        return { on, period: await periodOf(context, request, reply, on), currencies };
      }
      const rows = currencies.flatMap(({ currency, rows: accounts }) =>
        accounts.map(({ account, name, kind, debit, credit }) => [on, account, name, kind, debit, credit, currency]),
      );
      const table = {
        name: 'Trial balance',
        columns: columns(
          ['on', 'date'],
          ['account', 'text'],
          ['name', 'text'],
          ['kind', 'text'],
          ['debit', 'amount'],
          ['credit', 'amount'],
          ['currency', 'text'],
        ),
        rows,
      };
      return sendTables(reply, request.query.format, `trial-balance-${on}`, [table]);
    },
  );

  server.get(
    '/v1/finance/periods',
    {
      config: { access: FINANCE },
      schema: {
        tags: ['Finance'],
        summary: 'Closed accounting periods, the last one first; what lies after it is open',
        headers: consistencyHeaders,
        querystring: pageQuery,
        response: { 200: pageOf(periodSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const documents = await model(context, request, reply, 'periods');
      const order = { index: 'byThrough', order: 'descending' } as const;
      const page = await documents.query({ ...order, limit, ...(after ? { after } : {}) });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/finance/sub-ledger',
    {
      config: { access: FINANCE },
      schema: {
        tags: ['Finance'],
        summary: 'What all loans owe, by portion, against the general ledger',
        headers: consistencyHeaders,
        querystring: z.strictObject({ format: csvFormat }),
        response: { 200: z.object({ currencies: z.array(subLedgerSchema) }), ...problems },
      },
    },
    async (request, reply) => {
      const balances = await balancesOn(context, request, reply, context.today());
      const documents = await model(context, request, reply, 'receivables');
      const currencies: SubLedger[] = [];
      for await (const page of documents.scan()) {
        currencies.push(...page.map(({ value }) => compare(value.doc, balances)));
      }
      if (request.query.format === 'json') return { currencies };
      const rows = currencies.flatMap(({ currency, rows: lines }) =>
        lines.map((row) => [row.portion, row.account, row.subLedger, row.generalLedger, row.difference, currency]),
      );
      const columns = ['portion', 'account', 'subLedger', 'generalLedger', 'difference', 'currency'];
      return sendCsv(reply, 'sub-ledger', csv(columns, rows));
    },
  );
};
