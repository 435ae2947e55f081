import { z } from 'zod';
import { businessDateSchema, type EventOf, eventType, moneyTextSchema } from '../kernel';
import { correctionSchema, judge, PRIORITIES, SETTLING_ACTIONS } from './corrections';
import { BREAK_TYPES, ITEM_STATUSES } from './matching';

const movementDirectionSchema = z.enum(['out', 'in']);

/** One line of a partner's statement. */
export const statementLineSchema = z.strictObject({
  lineId: z.string(),
  /** Our effect id, as the partner repeats it. */
  reference: z.string(),
  direction: movementDirectionSchema,
  amount: moneyTextSchema,
  bookedOn: businessDateSchema,
  /** The line that this one corrects, when the partner takes an earlier one back. */
  corrects: z.string().optional(),
  /** How far the payment has come; settled where the partner does not say. */
  status: z.enum(ITEM_STATUSES).optional(),
  text: z.string().optional(),
  group: z.string().optional(),
});
export type StatementLine = Readonly<z.infer<typeof statementLineSchema>>;

/** One movement as our own events have it. */
export const movementSchema = z.strictObject({
  reference: z.string(),
  stream: z.string(),
  direction: movementDirectionSchema,
  amount: moneyTextSchema,
  valueDate: businessDateSchema,
  /** The event that says so; the ledger's entry names it as its cause. */
  eventId: z.string().optional(),
  group: z.string().optional(),
});
export type Movement = Readonly<z.infer<typeof movementSchema>>;

/** Of a break with several items on a side: how many, and the first of them by name. */
const membersSchema = z.strictObject({
  ours: z.int().min(0),
  theirs: z.int().min(0),
  references: z.array(z.string()).max(100),
  lineIds: z.array(z.string()).max(100),
});

export const breakSchema = z.strictObject({
  breakId: z.string(),
  type: z.enum(BREAK_TYPES),
  reference: z.string(),
  /** What we say minus what they say, in money out counted negative, in the currency of the statement. */
  difference: moneyTextSchema,
  /** The same in another currency, where one side speaks of one. */
  foreignDifference: moneyTextSchema.optional(),
  /** What our events say minus what the books say. */
  ledgerDifference: moneyTextSchema.optional(),
  /** The first item of ours, and the event it traces to. */
  ours: movementSchema.optional(),
  /** The first line of theirs, as it stands after netting. */
  theirs: statementLineSchema.optional(),
  members: membersSchema.optional(),
  suggestion: correctionSchema,
  priority: z.enum(PRIORITIES),
});
export type Break = Readonly<z.infer<typeof breakSchema>>;

export const sumsSchema = z.strictObject({ in: moneyTextSchema, out: moneyTextSchema });
export type SumsText = Readonly<z.infer<typeof sumsSchema>>;

/**
 * What was matched with what. A list of a day's pairs can be long, and can be made again: from the statement (its hash
 * is on record), our events up to a position of the log, and the rules of one version. So its hash is kept, not the
 * list. Statements of earlier versions have the list itself.
 */
export const pairsSchema = z.discriminatedUnion('kept', [
  z.strictObject({ kept: z.literal('list'), pairs: z.array(z.tuple([z.string(), z.string()])) }),
  z.strictObject({
    kept: z.literal('hash'),
    /** SHA-256 of the canonical list (`pairList`), hex. */
    hash: z.string(),
    rules: z.string(),
    /** The content hash that this version of the rules is on record under; none of those the house came with. */
    rulesHash: z.string().optional(),
    /** Up to where the log was read; opaque. */
    through: z.string(),
  }),
]);

export const reconciliationEvents = {
  StatementImported: eventType({
    schema: 1,
    data: z.strictObject({
      channel: z.string(),
      businessDate: businessDateSchema,
      lines: z.int().min(0),
      /** SHA-256 of the statement as it was received. */
      statementHash: z.string(),
      theirs: sumsSchema,
    }),
    published: ({ channel, businessDate, lines }) => ({ channel, businessDate, lines }),
  }),
  MovementsMatched: eventType({
    schema: 2,
    data: z.strictObject({
      /** Movements of ours that the statement shows as we have them. */
      matched: z.int().min(0),
      ours: sumsSchema,
      /** Lines that corrections on the same statement have taken away. */
      netted: z.int().min(0),
      /** Explained differences: what the rules let a channel keep. */
      fees: moneyTextSchema,
      pairs: pairsSchema,
      /** When fees are booked: the day of the statement. Unknown of statements that had none. */
      valueDate: businessDateSchema.optional(),
    }),
    upcasters: [withoutFees],
    published: ({ matched }) => ({ matched }),
  }),
  BreakOpened: eventType({
    schema: 2,
    data: breakSchema,
    upcasters: [judgedAfterwards],
    published: ({ breakId, type, difference }) => ({ breakId, type, difference }),
  }),
  /** Somebody answers for the break from now on. */
  BreakAssigned: eventType({
    schema: 1,
    data: z.strictObject({ breakId: z.string(), owner: z.string() }),
    published: ({ breakId }) => ({ breakId }),
  }),
  /** Something outside this statement accounts for the difference (a correction on a later one, a late line). */
  BreakExplained: eventType({
    schema: 1,
    data: z.strictObject({ breakId: z.string(), explanation: z.string(), evidence: z.string() }),
    published: ({ breakId, explanation }) => ({ breakId, explanation }),
  }),
  /** A correction has ended the break; the ledger books what it says of the difference. */
  BreakResolved: eventType({
    schema: 1,
    data: z.strictObject({
      breakId: z.string(),
      action: z.enum(SETTLING_ACTIONS),
      /** What the break was about: ours minus theirs. */
      difference: moneyTextSchema,
      evidence: z.string(),
      valueDate: businessDateSchema,
    }),
    published: ({ breakId, action, difference }) => ({ breakId, action, difference }),
  }),
  ReconciliationClosed: eventType({
    schema: 1,
    data: z.strictObject({ closedOn: businessDateSchema, breaks: z.int().min(0) }),
    published: ({ closedOn, breaks }) => ({ closedOn, breaks }),
  }),
};

export type ReconciliationEvent = EventOf<typeof reconciliationEvents>;

const sumsInSchema = z.object({ ours: sumsSchema });

/** Version 1 kept the pairs themselves, and knew neither fees nor how many lines were netted. */
function withoutFees({ pairs, ...data }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { in: came } = sumsInSchema.parse(data).ours;
  const nothing = { amount: came.amount.replace(/\d/g, '0').replace(/^0+(?=0)/, ''), currency: came.currency };
  return { ...data, netted: 0, fees: nothing, pairs: { kept: 'list', pairs } };
}

const unjudgedSchema = breakSchema.omit({ suggestion: true, priority: true });

/** Version 1 suggested nothing. What it knew is in the break itself. */
function judgedAfterwards(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const found = unjudgedSchema.parse(data);
  return { ...found, ...judge(found, { standing: found.ours ? 'settled' : 'unheard-of' }) };
}
