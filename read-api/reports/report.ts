import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LoanCourse } from '../../domain/reporting';
import { httpProblem } from '../../platform/http';
import { type Table, workbookOf } from '../../platform/spreadsheet';
import { csv, FINANCE, sendCsv } from '../csv';
import { model, type ReadContext } from '../read-context';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Reports are for those who look at the books. */
export const access = FINANCE;

export const reportFormat = z.enum(['json', 'csv', 'xlsx']).default('json');
export type ReportFormat = z.infer<typeof reportFormat>;

export const monthSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as "2026-03"')
  .describe('A month, YYYY-MM.');

/** Amounts of one report are few; tables are made whole. */
export type ReportTable = Table & { readonly rows: readonly (readonly (string | number | undefined)[])[] };

const slugOf = ({ name }: ReportTable): string => name.toLowerCase().replaceAll(' ', '-');

/** Which table of a report a CSV has; a workbook has a sheet for each. */
export const blockSchema = z
  .string()
  .regex(/^[a-z-]{1,40}$/)
  .optional();

/** Sends a report's tables: one as CSV (the first, or the one asked for), or all as a workbook. */
export const sendTables = (
  reply: FastifyReply,
  format: Exclude<ReportFormat, 'json'>,
  name: string,
  tables: readonly ReportTable[],
  block?: string,
): FastifyReply => {
  if (format === 'csv') {
    const table = block === undefined ? tables[0] : tables.find((each) => slugOf(each) === block);
    if (table === undefined) throw httpProblem('VALIDATION_FAILED', `one of ${tables.map(slugOf).join(', ')}`);
    const titles = table.columns.map(({ title }) => title);
    return sendCsv(reply, block === undefined ? name : `${name}-${block}`, csv(titles, table.rows));
  }
  return reply
    .type(XLSX)
    .header('content-disposition', `attachment; filename="${name}.xlsx"`)
    .send(Readable.from(workbookOf(tables)) as never);
};

/** Columns of a table from pairs of title and kind. */
export const columns = (
  ...titles: readonly (readonly [title: string, kind: Table['columns'][number]['kind']])[]
): Table['columns'] => titles.map(([title, kind]) => ({ title, kind }));

/** Hands every loan's course to whoever sums them up. */
export const everyCourse = async (
  context: ReadContext,
  request: FastifyRequest,
  reply: FastifyReply,
  add: (course: LoanCourse) => void,
): Promise<void> => {
  const documents = await model(context, request, reply, 'loanCourses');
  for await (const page of documents.scan()) for (const { value } of page) add(value.doc);
};
