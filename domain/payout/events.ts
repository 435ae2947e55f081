import { z } from 'zod';
import { routingDecisionSchema } from '../channel';
import {
  borrowerIdSchema,
  businessDateSchema,
  type EventOf,
  eventType,
  instantSchema,
  loanIdSchema,
  moneyTextSchema,
} from '../kernel';
import { payeeSchema } from '../loan';

/** What all events of one payout repeat, so that each can be booked and reconciled by itself. */
const movement = { loanId: loanIdSchema, amount: moneyTextSchema, channel: z.string() };

export const payoutEvents = {
  PayoutRequested: eventType({
    schema: 1,
    data: z.strictObject({
      loanId: loanIdSchema,
      borrowerId: borrowerIdSchema,
      amount: moneyTextSchema,
      payee: payeeSchema,
      documentHash: z.string(),
    }),
    published: ({ loanId, amount }) => ({ loanId, amount }),
  }),
  /** Written before the first byte is sent: from here on the outcome may be unknown, never forgotten. */
  PayoutSubmitted: eventType({
    schema: 1,
    data: z.strictObject({
      ...movement,
      effectId: z.string(),
      attempt: z.int().min(1),
      /** A channel answers "never heard of it" for good only a while after this. */
      submittedAt: instantSchema,
      valueDate: businessDateSchema,
      /** How the channel was chosen; absent where there was no choice. */
      routing: routingDecisionSchema.optional(),
    }),
    published: ({ loanId, amount, channel }) => ({ loanId, amount, channel }),
  }),
  PayoutSettled: eventType({
    schema: 1,
    data: z.strictObject({
      ...movement,
      effectId: z.string(),
      channelReference: z.string(),
      valueDate: businessDateSchema,
    }),
    published: ({ loanId, amount, channel, valueDate }) => ({ loanId, amount, channel, valueDate }),
  }),
  /** A definite, signed refusal: this attempt moved no money. */
  PayoutFailed: eventType({
    schema: 1,
    data: z.strictObject({
      ...movement,
      effectId: z.string(),
      attempt: z.int().min(1),
      reason: z.string(),
      /** No further attempt will be made. */
      final: z.boolean(),
      valueDate: businessDateSchema,
    }),
    published: ({ loanId, amount, channel, reason, final }) => ({ loanId, amount, channel, reason, final }),
  }),
  /** Time-out, reset, 5xx, unsigned or unreadable answer: ask again under the same effect id, never try another way. */
  PayoutUnknown: eventType({
    schema: 1,
    data: z.strictObject({
      ...movement,
      effectId: z.string(),
      reason: z.string(),
      /** How often the channel has been asked since. */
      queries: z.int().min(0),
      nextQueryAt: instantSchema,
    }),
    published: ({ loanId, amount, channel, queries }) => ({ loanId, amount, channel, queries }),
  }),
  /** The query ladder is exhausted: a person has to find out. */
  PayoutEscalated: eventType({
    schema: 1,
    data: z.strictObject({ ...movement, effectId: z.string(), queries: z.int() }),
    published: ({ loanId, amount, channel }) => ({ loanId, amount, channel }),
  }),
};

export type PayoutEvent = EventOf<typeof payoutEvents>;
