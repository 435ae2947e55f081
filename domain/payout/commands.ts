import { z } from 'zod';
import { routingDecisionSchema } from '../channel';
import {
  borrowerIdSchema,
  businessDateSchema,
  type CommandOf,
  loanIdSchema,
  moneyTextSchema,
  payoutIdSchema,
} from '../kernel';
import { payeeSchema } from '../loan';

/** What a channel said of one instruction. Anything that is not a signed, definite answer is `unknown`. */
export const channelOutcomeSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('settled'), channelReference: z.string(), settledOn: businessDateSchema }),
  z.strictObject({ outcome: z.literal('failed'), reason: z.string() }),
  z.strictObject({ outcome: z.literal('unknown'), reason: z.string() }),
]);
export type ChannelOutcome = z.infer<typeof channelOutcomeSchema>;

export const payoutCommands = {
  RequestPayout: z.strictObject({
    payoutId: payoutIdSchema,
    loanId: loanIdSchema,
    borrowerId: borrowerIdSchema,
    amount: moneyTextSchema,
    payee: payeeSchema,
    documentHash: z.string(),
  }),
  /** `effectId` is the idempotency key towards the channel; one effect is in flight at a time. */
  SubmitPayout: z.strictObject({
    payoutId: payoutIdSchema,
    channel: z.string(),
    effectId: z.string(),
    /** How the channel was chosen; absent where there was no choice. */
    routing: routingDecisionSchema.optional(),
  }),
  RecordPayoutOutcome: z.strictObject({
    payoutId: payoutIdSchema,
    effectId: z.string(),
    answer: channelOutcomeSchema,
  }),
};

export type PayoutCommand = CommandOf<typeof payoutCommands>;
