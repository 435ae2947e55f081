import { z } from 'zod';

/** What a rising value, or a later level, does to the risk. `either`: one of the two, whichever the data shows. */
const trendSchema = z.enum(['rising', 'falling', 'either', 'free']);

export type Trend = z.infer<typeof trendSchema>;

/**
 * What a column is for. Only an `input` can enter a model. A `protected` attribute tests for disparate impact and does
 * nothing else; a `withheld` column is left alone, because it stands in for a protected one.
 */
const useSchema = z.enum(['input', 'protected', 'withheld']);

const common = {
  name: z.string().min(1),
  title: z.string().min(1),
  use: useSchema,
  /** Why a column is protected or withheld. */
  why: z.string().optional(),
  /** The reason code that a scorecard gives when this column costs points; its name in capitals when absent. */
  reason: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/)
    .optional(),
};

const levelsSchema = z
  .array(z.string().min(1))
  .min(2)
  // The codes of a tree's histogram fit a byte.
  .max(250)
  .refine((levels) => new Set(levels).size === levels.length, 'a level is named twice');

const columnSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('numeric'),
    trend: trendSchema,
    /** Upper limits of the groups of a protected number; the last group is open. */
    bands: z.array(z.number()).optional(),
  }),
  /** Levels in a natural order: only neighbours are put together. */
  z.strictObject({ ...common, kind: z.literal('ordinal'), trend: trendSchema, levels: levelsSchema }),
  z.strictObject({
    ...common,
    kind: z.literal('nominal'),
    levels: levelsSchema,
    /** What coded levels mean, for the report. */
    labels: z.record(z.string(), z.string()).optional(),
  }),
]);

export type ColumnDeclaration = z.infer<typeof columnSchema>;

/** What a data set is: where it comes from, what its columns mean, and what each may be used for. */
export const dictionarySchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: z.string().min(1),
    source: z.string().min(1),
    licence: z.string().min(1),
    id: z.string().min(1),
    target: z.strictObject({ column: z.string().min(1), bad: z.string(), good: z.string() }),
    /** Share of bad cases among those who apply; null when the sample shows it. */
    populationBadRate: z.number().gt(0).lt(1).nullable(),
    folds: z.strictObject({ count: z.int().min(2).max(100), repeats: z.int().min(1).max(100) }),
    columns: z.array(columnSchema).min(1),
  })
  .superRefine(({ columns, id, target }, context) => {
    const names = [id, target.column, ...columns.map(({ name }) => name)];
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) context.addIssue(`column ${twice} is declared twice`);
    if (!columns.some(({ use }) => use === 'input')) context.addIssue('no column is an input');
  });

export type DataDictionary = z.infer<typeof dictionarySchema>;

/** The columns that a model may see. */
export const inputsOf = ({ columns }: DataDictionary): readonly ColumnDeclaration[] =>
  columns.filter(({ use }) => use === 'input');

export const reasonCodeOf = ({ reason, name }: ColumnDeclaration): string =>
  reason ?? name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
