import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ProjectionReader } from '../platform/processing';
import type { QueryOptions } from '../platform/read-store';

type Cell = string | number | undefined;

/** Quoted where it must be; a text that a spreadsheet would run as a formula is disarmed. */
const cell = (value: Cell): string => {
  if (value === undefined) return '';
  const text = typeof value === 'string' && /^[=+@\t\r]|^-(?!\d)/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180: a header line, then the rows. */
export const csv = (columns: readonly string[], rows: Iterable<readonly Cell[]>): string =>
  [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

export const sendCsv = (reply: FastifyReply, name: string, text: string): FastifyReply =>
  reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .serializer((body: unknown) => String(body))
    .send(text as never);

/** Who may look at the books. */
export const FINANCE = ['finance', 'auditor'] as const;

export const csvFormat = z.enum(['json', 'csv']).default('json');

const PAGE = 500;

/** Every document of a range, page by page. */
export async function* everyDocument<Doc extends object>(
  documents: ProjectionReader<Doc>,
  range: Omit<QueryOptions, 'limit' | 'after'>,
): AsyncGenerator<Doc> {
  let after: string | undefined;
  do {
    const page = await documents.query({ ...range, limit: PAGE, ...(after ? { after } : {}) });
    for (const { doc } of page.items) yield doc;
    after = page.next;
  } while (after !== undefined);
}
