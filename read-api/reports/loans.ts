import { z } from 'zod';
import { businessDateSchema, currencySchema, isBefore, moneyTextSchema, parseMoney } from '../../domain/kernel';
import { ARREARS_BUCKETS } from '../../domain/loan';
import {
  Ageing,
  EARNINGS,
  Income,
  LOAN_CATEGORIES,
  lastDayOf,
  monthOf,
  monthsFrom,
  Provisions,
  provisionRatesOn,
  ROLLS,
  RollRates,
  Vintages,
} from '../../domain/reporting';
import { type HttpServer, httpProblem } from '../../platform/http';
import { consistencyHeaders as headers, problems } from '../answers';
import type { ReadContext } from '../read-context';
import { access, columns, everyCourse, monthSchema, type ReportTable, reportFormat, sendTables } from './report';

const tags = ['Finance'];
const count = z.int().min(0);
const month = z.string();
const basisPoints = z.int().describe('In basis points.');
const money = moneyTextSchema;
const currency = currencySchema;
const monthQuery = z.strictObject({ month: monthSchema.optional(), format: reportFormat });
const spanQuery = z.strictObject({ from: monthSchema.optional(), to: monthSchema.optional(), format: reportFormat });
const answer = <Row extends z.ZodRawShape, More extends z.ZodRawShape>(row: Row, more: More) => ({
  200: z.object({ ...more, rows: z.array(z.strictObject(row)).readonly() }),
  ...problems,
});

/** Reports by month span this many at the most. */
const MONTHS_MOST = 120;

/** A table with a column per field of its rows, in their order; money is an amount, what is counted a count. */
const tableOf = (name: string, fields: readonly string[], rows: readonly object[]): ReportTable => {
  const cell = (value: unknown): string | number | undefined => {
    if (typeof value === 'object' && value !== null && 'amount' in value) return String(value.amount);
    return typeof value === 'number' || value === undefined ? value : String(value);
  };
  const values = rows.map((row) => fields.map((field) => cell(Reflect.get(row, field))));
  const kindOf = (at: number) => {
    const sample = rows[0] && Reflect.get(rows[0], fields[at] ?? '');
    if (typeof sample === 'object') return 'amount';
    return typeof sample === 'number' ? 'count' : 'text';
  };
  return { name, columns: columns(...fields.map((field, at) => [field, kindOf(at)] as const)), rows: values };
};

/** Reports on loans by month, each summed up from every loan's course. */
export const loanReportRoutes = (server: HttpServer, context: ReadContext): void => {
  const thisMonth = (): string => monthOf(context.today());
  const spanOf = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }) => {
    const last = to ?? thisMonth();
    const months = monthsFrom(from ?? last, last);
    if (months.length > MONTHS_MOST) throw httpProblem('VALIDATION_FAILED', `${MONTHS_MOST} months at the most`);
    return { from: from ?? last, to: last, months };
  };

  server.get(
    '/v1/finance/ageing',
    {
      config: { access },
      schema: {
        ...{ tags, headers, querystring: monthQuery },
        summary: 'Delinquency ageing: principal by product and arrears bucket at the end of a month',
        response: answer(
          {
            productId: z.string(),
            currency,
            bucket: z.enum(ARREARS_BUCKETS),
            loans: count,
            principal: money,
            share: basisPoints,
          },
          { month },
        ),
      },
    },
    async (request, reply) => {
      const { format, month: asked = thisMonth() } = request.query;
      const ageing = new Ageing(asked);
      await everyCourse(context, request, reply, (course) => ageing.add(course));
      const rows = ageing.rows();
      if (format === 'json') return { month: asked, rows };
      const fields = ['productId', 'bucket', 'loans', 'principal', 'share', 'currency'];
      return sendTables(reply, format, `ageing-${asked}`, [tableOf('Ageing', fields, rows)]);
    },
  );

  server.get(
    '/v1/finance/roll-rates',
    {
      config: { access },
      schema: {
        ...{ tags, headers, querystring: spanQuery },
        summary: 'Roll rates from month to month: of what was in a bucket, how much went where',
        response: answer(
          {
            ...{ month, currency, from: z.enum(ARREARS_BUCKETS), to: z.enum(ROLLS) },
            ...{ loans: count, principal: money, rate: basisPoints },
          },
          { from: month, to: month },
        ),
      },
    },
    async (request, reply) => {
      const { from, to, months } = spanOf(request.query);
      const rolls = new RollRates(months);
      await everyCourse(context, request, reply, (course) => rolls.add(course));
      const rows = rolls.rows();
      const { format } = request.query;
      if (format === 'json') return { from, to, rows };
      const fields = ['month', 'from', 'to', 'loans', 'principal', 'rate', 'currency'];
      return sendTables(reply, format, `roll-rates-${from}-${to}`, [tableOf('Roll rates', fields, rows)]);
    },
  );

  server.get(
    '/v1/finance/vintages',
    {
      config: { access },
      schema: {
        ...{ tags, headers, querystring: monthQuery },
        summary: 'Vintages: what was lent in each month, and month by month what is left, late and lost of it',
        response: answer(
          {
            ...{ vintage: month, currency, monthsOnBook: count, month, loans: count, lent: money, outstanding: money },
            ...{ past30: money, past90: money, lost: money, recovered: money },
            ...{ past30Rate: basisPoints, lossRate: basisPoints },
          },
          { through: month },
        ),
      },
    },
    async (request, reply) => {
      const { format, month: through = thisMonth() } = request.query;
      const vintages = new Vintages(through);
      await everyCourse(context, request, reply, (course) => vintages.add(course));
      const rows = vintages.rows();
      if (format === 'json') return { through, rows };
      const fields = [
        ...['vintage', 'monthsOnBook', 'month', 'loans', 'lent', 'outstanding', 'past30', 'past90'],
        ...['lost', 'recovered', 'past30Rate', 'lossRate', 'currency'],
      ];
      return sendTables(reply, format, `vintages-${through}`, [tableOf('Vintages', fields, rows)]);
    },
  );

  server.get(
    '/v1/finance/income',
    {
      config: { access },
      schema: {
        ...{ tags, headers, querystring: spanQuery },
        summary: 'Income by product and month: as booked, and as paid',
        response: answer(
          { month, productId: z.string(), currency, earning: z.enum(EARNINGS), booked: money, paid: money },
          { from: month, to: month },
        ),
      },
    },
    async (request, reply) => {
      const { from, to } = spanOf(request.query);
      const income = new Income(from, to);
      await everyCourse(context, request, reply, (course) => income.add(course));
      for await (const { events } of context.log.readAll({ categories: ['accrual'] })) {
        for (const event of events) {
          if (event.type !== 'InterestAccrued') continue;
          const { productId, currency: of, valueDate, change } = event.data;
          const minor = parseMoney(change.accrued).minor - parseMoney(change.suspended).minor;
          income.register({ productId, currency: of, month: monthOf(valueDate), minor });
        }
      }
      const rows = income.rows();
      const { format } = request.query;
      if (format === 'json') return { from, to, rows };
      const fields = ['month', 'productId', 'earning', 'booked', 'paid', 'currency'];
      return sendTables(reply, format, `income-${from}-${to}`, [tableOf('Income', fields, rows)]);
    },
  );

  server.get(
    '/v1/finance/provision',
    {
      config: { access },
      schema: {
        ...{ tags, headers, querystring: monthQuery },
        summary: 'Provision for loan losses at the end of a month, by category and its rate',
        response: answer(
          {
            ...{ currency, category: z.enum(LOAN_CATEGORIES), loans: count, principal: money },
            ...{ rate: basisPoints, provision: money },
          },
          { month, on: businessDateSchema, rates: z.strictObject({ version: z.string(), source: z.string() }) },
        ),
      },
    },
    async (request, reply) => {
      const { format, month: asked = thisMonth() } = request.query;
      const end = lastDayOf(asked);
      const today = context.today();
      const on = isBefore(end, today) ? end : today;
      const rates = provisionRatesOn(on);
      if (rates === undefined) throw httpProblem('NOT_FOUND', `no rates are in force on ${on}`);
      const provisions = new Provisions({ month: asked, on, rates });
      await everyCourse(context, request, reply, (course) => provisions.add(course));
      const rows = provisions.rows();
      const { version, source } = rates;
      if (format === 'json') return { month: asked, on, rates: { version, source }, rows };
      const fields = ['category', 'loans', 'principal', 'rate', 'provision', 'currency'];
      return sendTables(reply, format, `provision-${asked}`, [tableOf('Provision', fields, rows)]);
    },
  );
};
