import { z } from 'zod';
import { businessDateSchema, type CommandOf, currencySchema, reconciliationIdSchema } from '../kernel';
import { movementSchema, statementLineSchema } from './events';

export const reconciliationCommands = {
  /** Compares one channel's statement of one business date with our own movements, item by item. */
  ReconcileStatement: z.strictObject({
    reconciliationId: reconciliationIdSchema,
    channel: z.string(),
    businessDate: businessDateSchema,
    currency: currencySchema,
    statementHash: z.string(),
    lines: z.array(statementLineSchema),
    movements: z.array(movementSchema),
  }),
  ExplainBreak: z.strictObject({
    reconciliationId: reconciliationIdSchema,
    breakId: z.string(),
    explanation: z.string().min(1).max(500),
    evidence: z.string().max(200),
  }),
};

export type ReconciliationCommand = CommandOf<typeof reconciliationCommands>;
