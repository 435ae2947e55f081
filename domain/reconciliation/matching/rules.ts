import { z } from 'zod';
import { businessCalendar } from '../../calendar';
import { moneyTextSchema, rateTextSchema } from '../../kernel';

/**
 * How an item of ours is recognised in theirs. 'exact': the references are the same bytes. 'normalised': they are the
 * same when only letters and digits count, large or small. 'contained': ours stands in the text of theirs, from one
 * word's start to another's end. 'group': the side with several items has a grouping field that holds the reference of
 * the one item on the other side.
 */
const referenceRuleSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('exact') }),
  z.strictObject({ by: z.literal('normalised') }),
  z.strictObject({ by: z.literal('contained'), leastLength: z.int().min(4).max(64) }),
  z.strictObject({ by: z.literal('group') }),
]);

/** What may lie between the amounts. A fee makes us the poorer: at most `flat` plus `share` of the amount. */
const amountRuleSchema = z.discriminatedUnion('within', [
  z.strictObject({ within: z.literal('exact') }),
  z.strictObject({
    within: z.literal('fee'),
    /** In its own currency only. */
    flat: moneyTextSchema.optional(),
    share: rateTextSchema.optional(),
  }),
]);

const dateRuleSchema = z.strictObject({
  /** How many days their date may lie before and after ours. */
  before: z.int().min(0).max(366),
  after: z.int().min(0).max(366),
  count: z.enum(['calendar-days', 'business-days']),
});

/** Ours to theirs: one payment one line, one payment several lines, several payments in one bulk line. */
const CARDINALITIES = ['1-1', '1-n', 'n-1'] as const;

const ruleSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,40}$/),
    cardinality: z.enum(CARDINALITIES),
    reference: referenceRuleSchema,
    amount: amountRuleSchema,
    dates: dateRuleSchema,
    status: z.enum(['same', 'any']),
  })
  .refine(({ cardinality, reference }) => reference.by !== 'group' || cardinality !== '1-1', {
    message: 'a group has several items on one side',
    path: ['cardinality'],
  });
export type Rule = Readonly<z.infer<typeof ruleSchema>>;

/**
 * How statements are held against our own books: rules in order of priority, each looking at what those before it have
 * left. A set is never changed, only followed by another version.
 */
export const ruleSetSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    version: z.int().min(1),
    /** Business days are counted in this calendar. */
    calendar: z.string().refine((id) => businessCalendar(id) !== undefined, 'a calendar that the house knows'),
    rules: z.array(ruleSchema).min(1).max(32),
  })
  .refine(({ rules }) => new Set(rules.map(({ name }) => name)).size === rules.length, {
    message: 'each rule has its own name',
    path: ['rules'],
  });
export type RuleSet = Readonly<z.infer<typeof ruleSetSchema>>;

/** "house@1". */
export const ruleSetId = ({ name, version }: Pick<RuleSet, 'name' | 'version'>): string => `${name}@${version}`;

const WEEK = { before: 7, after: 7, count: 'calendar-days' } as const;
const rest = { amount: { within: 'exact' }, dates: WEEK, status: 'same' } as const;

/** What the house goes by unless a channel has rules of its own: our own reference, to the last minor unit. */
export const HOUSE_RULES: RuleSet = ruleSetSchema.parse({
  name: 'house',
  version: 1,
  calendar: 'CN@2026.1',
  rules: [
    { name: 'reference', cardinality: '1-1', reference: { by: 'exact' }, ...rest },
    { name: 'reference-written-otherwise', cardinality: '1-1', reference: { by: 'normalised' }, ...rest },
    { name: 'reference-in-text', cardinality: '1-1', reference: { by: 'contained', leastLength: 8 }, ...rest },
    { name: 'split', cardinality: '1-n', reference: { by: 'exact' }, ...rest },
    { name: 'batch', cardinality: 'n-1', reference: { by: 'group' }, ...rest },
  ],
} satisfies z.input<typeof ruleSetSchema>);
