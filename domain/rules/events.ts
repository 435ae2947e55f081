import { z } from 'zod';
import { actorSchema, businessDateSchema, type EventOf, eventType } from '../kernel';
import { ruleSetSchema } from '../reconciliation';

/** SHA-256 of the canonical content of a rule set, hex. */
export const ruleSetHashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'a content hash');

const by = { hash: ruleSetHashSchema, by: actorSchema };
const count = z.int().min(0);
const cameSchema = z.strictObject({ rules: z.string(), matched: count, breaks: count });

/** What came of holding a past statement against our movements by a version, beside the rules in force. */
export const trialSchema = z.strictObject({
  /** Whose statement, and of which date. */
  channel: z.string(),
  date: businessDateSchema,
  statementHash: z.string(),
  lines: count,
  inForce: cameSchema,
  tried: cameSchema,
  /** Breaks that only the one or only the other finds. */
  onlyInForce: count,
  onlyTried: count,
});
export type Trial = Readonly<z.infer<typeof trialSchema>>;

export const rulesEvents = {
  RuleSetDrafted: eventType({
    schema: 1,
    data: z.strictObject({ ...by, document: ruleSetSchema, draftedOn: businessDateSchema }),
  }),
  RuleSetTried: eventType({ schema: 1, data: z.strictObject({ ...by, trial: trialSchema }) }),
  /** Statements are held against our movements by it from now on, in place of the one before. */
  RuleSetActivated: eventType({
    schema: 1,
    data: z.strictObject({ ...by, note: z.string(), replaces: ruleSetHashSchema.optional() }),
    published: ({ hash, replaces }) => ({ hash, replaces }),
  }),
};

export type RulesEvent = EventOf<typeof rulesEvents>;
