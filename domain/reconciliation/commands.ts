import { z } from 'zod';
import { businessDateSchema, type CommandOf, currencySchema, moneyTextSchema, reconciliationIdSchema } from '../kernel';
import { SETTLING_ACTIONS } from './corrections';
import { breakSchema, pairsSchema, sumsSchema } from './events';

const aboutBreak = { reconciliationId: reconciliationIdSchema, breakId: z.string() };

export const reconciliationCommands = {
  /** Records what came of holding one channel's statement of one business date against our own movements. */
  ReconcileStatement: z.strictObject({
    reconciliationId: reconciliationIdSchema,
    channel: z.string(),
    businessDate: businessDateSchema,
    currency: currencySchema,
    statementHash: z.string(),
    lines: z.int().min(0),
    theirs: sumsSchema,
    ours: sumsSchema,
    matched: z.int().min(0),
    netted: z.int().min(0),
    fees: moneyTextSchema,
    pairs: pairsSchema,
    breaks: z.array(breakSchema),
  }),
  AssignBreak: z.strictObject({ ...aboutBreak, owner: z.string().min(1).max(128) }),
  ExplainBreak: z.strictObject({
    ...aboutBreak,
    explanation: z.string().min(1).max(500),
    evidence: z.string().max(200),
  }),
  /** Ends a break by a correction; what the correction says of the difference is booked. */
  ResolveBreak: z.strictObject({
    ...aboutBreak,
    action: z.enum(SETTLING_ACTIONS),
    evidence: z.string().min(1).max(200),
  }),
};

export type ReconciliationCommand = CommandOf<typeof reconciliationCommands>;
