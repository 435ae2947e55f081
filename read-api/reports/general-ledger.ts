import { z } from 'zod';
import {
  businessDateSchema,
  type Currency,
  currencySchema,
  formatMinor,
  type MoneyText,
  moneyTextSchema,
  parseMoney,
} from '../../domain/kernel';
import { ACCOUNT_CODES, type AccountCode } from '../../domain/ledger';
import { type HttpServer, httpProblem } from '../../platform/http';
import type { ProjectionReader } from '../../platform/processing';
import type { QueryOptions } from '../../platform/read-store';
import type { AccountDayDoc, JournalDoc } from '../../projections';
import { consistencyHeaders, nextUrl, pageQuery, problems } from '../answers';
import { everyDocument } from '../csv';
import { model, type ReadContext } from '../read-context';
import { access, columns, reportFormat, sendTables } from './report';

/** More lines than this are asked for in parts. */
const LINES_MOST = 50_000;

const lineSchema = z.strictObject({
  entryId: z.string(),
  bookedOn: z.string(),
  valueDate: z.string(),
  ledgerId: z.string(),
  cause: z.string(),
  side: z.enum(['debit', 'credit']),
  amount: moneyTextSchema,
});
type Line = z.infer<typeof lineSchema>;

const linesOf = ({ postings, cause, ...entry }: JournalDoc, account: AccountCode, currency: string): readonly Line[] =>
  postings
    .filter((posting) => posting.account === account && posting.amount.currency === currency)
    .map(({ side, amount }) => {
      const { entryId, bookedOn, valueDate, ledgerId } = entry;
      return { entryId, bookedOn, valueDate, ledgerId, cause: cause.type, side, amount };
    });

const signed = ({ side, amount }: Pick<Line, 'side' | 'amount'>): bigint => {
  const { minor } = parseMoney(amount);
  return side === 'debit' ? minor : -minor;
};

interface Asked {
  readonly account: AccountCode;
  readonly currency: Currency;
  readonly from: string;
  readonly to: string;
}

/** What stood before the days, and what was booked on them. */
const turnoverOf = async (days: ProjectionReader<AccountDayDoc>, { account, currency, from, to }: Asked) => {
  const sums = { opening: 0n, debits: 0n, credits: 0n };
  for await (const day of everyDocument(days, { index: 'byDay', most: to })) {
    if (day.account !== account || day.currency !== currency) continue;
    const [debit, credit] = [parseMoney(day.debits).minor, parseMoney(day.credits).minor];
    if (day.bookedOn < from) sums.opening += debit - credit;
    else {
      sums.debits += debit;
      sums.credits += credit;
    }
  }
  return sums;
};

type Journal = ProjectionReader<JournalDoc>;
type Range = Omit<QueryOptions, 'limit' | 'after'>;

/** As many lines as were asked for, or some more: entries are not torn apart. */
const pageOfLines = async (
  journal: Journal,
  { limit, after, ...range }: Range & { readonly limit: number; readonly after: string | undefined },
  account: AccountCode,
  currency: Currency,
): Promise<{ readonly lines: Line[]; readonly next: string | undefined }> => {
  const lines: Line[] = [];
  let next = after;
  do {
    const page = await journal.query({ ...range, limit: 100, ...(next ? { after: next } : {}) });
    lines.push(...page.items.flatMap(({ doc }) => linesOf(doc, account, currency)));
    next = page.next;
  } while (next !== undefined && lines.length < limit);
  return { lines, next };
};

async function* allLines(journal: Journal, range: Range, account: AccountCode, currency: Currency) {
  for await (const doc of everyDocument(journal, range)) yield* linesOf(doc, account, currency);
}

type Row = readonly (string | undefined)[];

/** Every line with the balance after it, between the opening and the closing. */
const rowsOf = async (
  lines: AsyncIterable<Line>,
  of: Omit<Asked, 'account'> & { readonly opening: bigint; readonly closing: bigint },
): Promise<readonly Row[]> => {
  const { currency } = of;
  const ends = (on: string, name: string, minor: bigint): Row => [
    ...[on, name, undefined, undefined, undefined, formatMinor(minor, currency), currency],
  ];
  const rows: Row[] = [ends(of.from, 'opening', of.opening)];
  let balance = of.opening;
  for await (const line of lines) {
    balance += signed(line);
    const { amount } = line.amount;
    const sides = line.side === 'debit' ? [amount, undefined] : [undefined, amount];
    rows.push([line.bookedOn, line.cause, line.entryId, ...sides, formatMinor(balance, currency), currency]);
    if (rows.length > LINES_MOST) throw httpProblem('VALIDATION_FAILED', `more than ${LINES_MOST} lines`);
  }
  return [...rows, ends(of.to, 'closing', of.closing)];
};

export const generalLedgerRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/finance/general-ledger/:account',
    {
      config: { access },
      schema: {
        tags: ['Finance'],
        summary: 'An account of the general ledger over some days: opening, lines, closing; debits above zero',
        headers: consistencyHeaders,
        params: z.strictObject({ account: z.enum(ACCOUNT_CODES) }),
        querystring: pageQuery.extend({
          from: businessDateSchema.optional(),
          to: businessDateSchema.optional(),
          currency: currencySchema.default('CNY'),
          format: reportFormat,
        }),
        response: {
          200: z.object({
            account: z.string(),
            from: z.string(),
            to: z.string(),
            opening: moneyTextSchema,
            debits: moneyTextSchema,
            credits: moneyTextSchema,
            closing: moneyTextSchema,
            lines: z.array(lineSchema).describe('A page of them; a page may have more lines than asked for.'),
            next: z.string().optional(),
          }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { limit, after, currency, format } = request.query;
      const { account } = request.params;
      const to = request.query.to ?? context.today();
      const from = request.query.from ?? to;
      const money = (minor: bigint): MoneyText => ({ amount: formatMinor(minor, currency), currency });

      const days = await model(context, request, reply, 'accountDays');
      const sums = await turnoverOf(days, { account, currency, from, to });
      const closing = sums.opening + sums.debits - sums.credits;

      const journal = await model(context, request, reply, 'journal');
      const range = { index: 'byBookedOn', least: from, most: to };
      if (format === 'json') {
        const { lines, next } = await pageOfLines(journal, { ...range, limit, after }, account, currency);
        const { opening, debits, credits } = sums;
        const figures = { opening: money(opening), debits: money(debits), credits: money(credits) };
        return { account, from, to, ...figures, closing: money(closing), lines, ...nextUrl(request.url, next) };
      }
      const lines = allLines(journal, range, account, currency);
      const rows = await rowsOf(lines, { from, to, currency, opening: sums.opening, closing });
      const table = {
        name: `Account ${account}`,
        columns: columns(
          ['booked on', 'date'],
          ['cause', 'text'],
          ['entry', 'text'],
          ['debit', 'amount'],
          ['credit', 'amount'],
          ['balance', 'amount'],
          ['currency', 'text'],
        ),
        rows,
      };
      return sendTables(reply, format, `account-${account}-${from}-${to}`, [table]);
    },
  );
};
