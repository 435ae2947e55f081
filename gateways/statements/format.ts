import { z } from 'zod';
import { currencySchema } from '../../domain/kernel';
import { ITEM_STATUSES } from '../../domain/reconciliation';

/** What a line of a statement may say, whatever the file looks like. */
export const FIELDS = [
  'lineId',
  'reference',
  'amount',
  /** Money in and money out, where they stand in columns of their own. */
  'in',
  'out',
  'direction',
  'currency',
  'bookedOn',
  'status',
  'text',
  'group',
  'corrects',
] as const;
export type Field = (typeof FIELDS)[number];

/** Where each field is; only those that the file has. */
const placesOf = <Place extends z.ZodType>(place: Place) => z.partialRecord(z.enum(FIELDS), place);

const csv = z.strictObject({
  layout: z.literal('csv'),
  delimiter: z.enum([',', ';', '\t', '|']),
  /** By the name in the header line, or by position from 1 where there is none. */
  columns: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('header'), fields: placesOf(z.string().min(1)) }),
    z.strictObject({ by: z.literal('position'), fields: placesOf(z.int().min(1).max(500)) }),
  ]),
});

const jsonLines = z.strictObject({ layout: z.literal('json-lines'), fields: placesOf(z.string().min(1)) });

/** One document whose lines are the objects of an array: the document itself, or one of its members. */
const json = z.strictObject({
  layout: z.literal('json'),
  lines: z.string().min(1).optional(),
  fields: placesOf(z.string().min(1)),
});

const fixedWidth = z.strictObject({
  layout: z.literal('fixed-width'),
  /** First character from 1, and how many characters; blanks around the value do not count. */
  fields: placesOf(z.strictObject({ from: z.int().min(1), length: z.int().min(1).max(1_000) })),
});

/** Which way the money went, and how the file says so. */
const signSchema = z.discriminatedUnion('by', [
  /** One amount with a sign; "-", a trailing "-" and brackets are negative. */
  z.strictObject({ by: z.literal('sign'), negativeIs: z.enum(['in', 'out']) }),
  /** An amount without a sign, and a column that says which way; a sign in front of it turns it round. */
  z.strictObject({ by: z.literal('direction'), in: z.array(z.string()).min(1), out: z.array(z.string()).min(1) }),
  /** Two columns, one of them empty or zero. */
  z.strictObject({ by: z.literal('columns') }),
]);

const amountsSchema = z.strictObject({
  decimalSign: z.enum(['.', ',']),
  groupSign: z.enum([',', '.', ' ', "'", '']),
  /** 'written': "12.50"; 'implied': "1250" is 12.50 where the currency has two decimals. */
  decimals: z.enum(['written', 'implied']),
  sign: signSchema,
});

const DATE_PATTERNS = [
  'YYYY-MM-DD',
  'YYYYMMDD',
  'YYYY/MM/DD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD-MM-YYYY',
] as const;

/** How the statements of one partner are written: declared, versioned, checked. */
export const statementFormatSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    version: z.int().min(1),
    encoding: z.enum(['utf-8', 'gb18030', 'utf-16le']),
    body: z.discriminatedUnion('layout', [csv, jsonLines, json, fixedWidth]),
    /** Lines before the first one that counts; a header line of the columns is not among them. */
    skipLines: z.int().min(0).max(1_000),
    /** Lines that begin so are no payments: comments, totals. */
    ignore: z.array(z.string().min(1)).max(20),
    amounts: amountsSchema,
    dates: z.enum(DATE_PATTERNS),
    /** The currency of all lines, or by a field. */
    currency: currencySchema.optional(),
    /** Their word for each status; where the file has none, all lines are settled. */
    statuses: z.record(z.string(), z.enum(ITEM_STATUSES)).optional(),
    /** Characters in one record, at most; a longer one is no record. */
    longestRecord: z.int().min(64).max(1_000_000),
  })
  .superRefine((format, { addIssue }) => {
    const has = (field: Field): boolean => placesIn(format.body)[field] !== undefined;
    const missing = (field: Field): void =>
      addIssue({ code: 'custom', message: `the place of "${field}" is not said`, path: ['body'] });
    if (!has('bookedOn')) missing('bookedOn');
    if (format.currency === undefined && !has('currency')) missing('currency');
    const needed = { sign: ['amount'], direction: ['amount', 'direction'], columns: ['in', 'out'] } as const;
    for (const field of needed[format.amounts.sign.by]) if (!has(field)) missing(field);
    if (format.amounts.decimalSign === format.amounts.groupSign) {
      addIssue({ code: 'custom', message: 'one sign cannot be both', path: ['amounts', 'groupSign'] });
    }
  });
export type StatementFormat = Readonly<z.infer<typeof statementFormatSchema>>;
export type Body = StatementFormat['body'];

/** Where the fields are, in whatever way the layout says it. */
const placesIn = (body: Body): Readonly<Partial<Record<Field, unknown>>> =>
  body.layout === 'csv' ? body.columns.fields : body.fields;
