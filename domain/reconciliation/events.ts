import { z } from 'zod';
import { businessDateSchema, type EventOf, eventType, moneyTextSchema } from '../kernel';

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
});
export type StatementLine = Readonly<z.infer<typeof statementLineSchema>>;

/** One movement as our own events have it. */
export const movementSchema = z.strictObject({
  reference: z.string(),
  stream: z.string(),
  direction: movementDirectionSchema,
  amount: moneyTextSchema,
  valueDate: businessDateSchema,
});
export type Movement = Readonly<z.infer<typeof movementSchema>>;

const BREAK_TYPES = ['missing-there', 'missing-here', 'amount', 'duplicate', 'direction'] as const;

export const breakSchema = z.strictObject({
  breakId: z.string(),
  type: z.enum(BREAK_TYPES),
  reference: z.string(),
  /** What we say minus what they say, in money out counted negative. */
  difference: moneyTextSchema,
  ours: movementSchema.optional(),
  theirs: statementLineSchema.optional(),
});
export type Break = Readonly<z.infer<typeof breakSchema>>;

const sums = z.strictObject({ in: moneyTextSchema, out: moneyTextSchema });

export const reconciliationEvents = {
  StatementImported: eventType({
    schema: 1,
    data: z.strictObject({
      channel: z.string(),
      businessDate: businessDateSchema,
      lines: z.int().min(0),
      /** SHA-256 of the statement as it was received. */
      statementHash: z.string(),
      theirs: sums,
    }),
    published: ({ channel, businessDate, lines }) => ({ channel, businessDate, lines }),
  }),
  MovementsMatched: eventType({
    schema: 1,
    data: z.strictObject({
      matched: z.int().min(0),
      ours: sums,
      /** Every matched pair: our reference and their line. */
      pairs: z.array(z.tuple([z.string(), z.string()])),
    }),
    published: ({ matched }) => ({ matched }),
  }),
  BreakOpened: eventType({
    schema: 1,
    data: breakSchema,
    published: ({ breakId, type, difference }) => ({ breakId, type, difference }),
  }),
  /** Something outside this statement accounts for the difference (a correction on a later one, a late line). */
  BreakExplained: eventType({
    schema: 1,
    data: z.strictObject({ breakId: z.string(), explanation: z.string(), evidence: z.string() }),
    published: ({ breakId, explanation }) => ({ breakId, explanation }),
  }),
  ReconciliationClosed: eventType({
    schema: 1,
    data: z.strictObject({ closedOn: businessDateSchema, breaks: z.int().min(0) }),
    published: ({ closedOn, breaks }) => ({ closedOn, breaks }),
  }),
};

export type ReconciliationEvent = EventOf<typeof reconciliationEvents>;
