import { z } from 'zod';
import { channelCostSchema } from '../../domain/channel';
import { businessDateSchema, moneyTextSchema } from '../../domain/kernel';
import { statementLineSchema } from '../../domain/reconciliation';
import { acceptedWord, failedWord, notFoundWord, settledWord } from '../instructions';

/** What every word of a channel about one movement repeats, so that it can be held against the instruction. */
const movement = { amount: moneyTextSchema };

/** `taken`: of a debit that may be partial, what was taken where that is less than was asked for. */
const settled = settledWord.extend({ ...movement, taken: moneyTextSchema.optional() });
const accepted = acceptedWord.extend(movement);
const failed = failedWord.extend(movement);

/** Answer to a payout or debit; a definite no is a refusal with status 422 instead. */
export const instructionAnswerSchema = z.discriminatedUnion('outcome', [settled, accepted]);
export type InstructionAnswer = z.infer<typeof instructionAnswerSchema>;

export const queryAnswerSchema = z.discriminatedUnion('outcome', [settled, accepted, failed, notFoundWord]);
export type QueryAnswer = z.infer<typeof queryAnswerSchema>;

/** A word about a movement that the channel knows. */
export type MovementWord = Exclude<QueryAnswer, { outcome: 'not-found' }>;

export const statementAnswerSchema = z.object({
  businessDate: businessDateSchema,
  lines: z.array(statementLineSchema),
});
export type StatementAnswer = z.infer<typeof statementAnswerSchema>;

/** How the channel stands: whether it takes instructions, what it can pay out, its price if not the agreed one. */
export const heartbeatAnswerSchema = z.object({
  available: z.boolean(),
  balance: moneyTextSchema.optional(),
  cost: channelCostSchema.optional(),
});
export type HeartbeatAnswer = z.infer<typeof heartbeatAnswerSchema>;

const kind = { movement: z.enum(['payout', 'debit']) };

export const callbackSchema = z.discriminatedUnion('outcome', [
  settled.extend(kind),
  accepted.extend(kind),
  failed.extend(kind),
]);
export type Callback = z.infer<typeof callbackSchema>;
