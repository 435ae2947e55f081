import { businessDateSchema } from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import type { ProjectionReader } from '../platform/processing';
import type { JournalDoc } from '../projections';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { csv, csvFormat, everyDocument, FINANCE, sendCsv } from './csv';
import { journalEntrySchema } from './documents';
import { model, type ReadContext } from './read-context';

/** A CSV of more rows than this is asked for day by day. */
const CSV_ROWS_MAX = 50_000;

const COLUMNS = ['entry', 'bookedOn', 'valueDate', 'ledger', 'cause', 'account', 'side', 'amount', 'currency'];

const rowsOf = ({ entryId, bookedOn, valueDate, ledgerId, cause, postings }: JournalDoc): readonly string[][] =>
  postings.map(({ account, side, amount }) => [
    entryId,
    bookedOn,
    valueDate,
    ledgerId,
    cause.type,
    account,
    side,
    amount.amount,
    amount.currency,
  ]);

interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const rangeOf = ({ from, to }: Days) => ({
  index: 'byBookedOn',
  ...(from ? { least: from } : {}),
  ...(to ? { most: to } : {}),
});

const journalCsv = async (documents: ProjectionReader<JournalDoc>, days: Days): Promise<string> => {
  const rows: string[][] = [];
  for await (const doc of everyDocument(documents, rangeOf(days))) {
    rows.push(...rowsOf(doc));
    if (rows.length > CSV_ROWS_MAX)
      throw httpProblem('VALIDATION_FAILED', `more than ${CSV_ROWS_MAX} rows: narrow the days`);
  }
  return csv(COLUMNS, rows);
};

export const journalRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/finance/journal',
    {
      config: { access: FINANCE },
      schema: {
        tags: ['Finance'],
        summary: 'Journal entries by the day they were booked on; as JSON or CSV',
        headers: consistencyHeaders,
        querystring: pageQuery.extend({
          from: businessDateSchema.optional(),
          to: businessDateSchema.optional(),
          format: csvFormat,
        }),
        response: { 200: pageOf(journalEntrySchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after, format, ...days } = request.query;
      const documents = await model(context, request, reply, 'journal');
      if (format === 'csv') return sendCsv(reply, 'journal', await journalCsv(documents, days));
      const page = await documents.query({ ...rangeOf(days), limit, ...(after ? { after } : {}) });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );
};
