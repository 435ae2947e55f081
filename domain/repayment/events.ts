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
  receiptIdSchema,
} from '../kernel';
import { payeeSchema, portionsSchema } from '../loan';

const movement = { loanId: loanIdSchema, amount: moneyTextSchema, channel: z.string() };

/**
 * What the borrower wants to pay: an amount, or everything that is owed that day; `automatic`: what the mandate of the
 * loan has ordered.
 */
export const REPAYMENT_KINDS = ['voluntary', 'payoff', 'automatic'] as const;

export const repaymentEvents = {
  RepaymentInitiated: eventType({
    schema: 1,
    data: z.strictObject({
      ...movement,
      borrowerId: borrowerIdSchema,
      kind: z.enum(REPAYMENT_KINDS),
      payer: payeeSchema,
      effectId: z.string(),
      initiatedAt: instantSchema,
      /** The channel takes what it finds where that is less; absent: all of the amount or nothing. */
      mayBePartial: z.literal(true).optional(),
      /** How the channel was chosen; absent where there was no choice. */
      routing: routingDecisionSchema.optional(),
    }),
    published: ({ loanId, amount, kind }) => ({ loanId, amount, kind }),
  }),
  /** The amount is what was taken: less than was asked for only where the debit might be partial. */
  RepaymentSettled: eventType({
    schema: 1,
    data: z.strictObject({
      ...movement,
      effectId: z.string(),
      channelReference: z.string(),
      valueDate: businessDateSchema,
    }),
    published: ({ loanId, amount, channel, valueDate }) => ({ loanId, amount, channel, valueDate }),
  }),
  /** A part of a receipt, for a loan: nobody has asked for it, and the money is here already. */
  RepaymentReceived: eventType({
    schema: 1,
    data: z.strictObject({ ...movement, receiptId: receiptIdSchema, valueDate: businessDateSchema }),
    published: ({ loanId, amount, channel, valueDate }) => ({ loanId, amount, channel, valueDate }),
  }),
  RepaymentFailed: eventType({
    schema: 1,
    data: z.strictObject({ ...movement, effectId: z.string(), reason: z.string() }),
    published: ({ loanId, amount, reason }) => ({ loanId, amount, reason }),
  }),
  RepaymentUnknown: eventType({
    schema: 1,
    data: z.strictObject({
      ...movement,
      effectId: z.string(),
      reason: z.string(),
      queries: z.int().min(0),
      nextQueryAt: instantSchema,
    }),
    published: ({ loanId, amount, queries }) => ({ loanId, amount, queries }),
  }),
  RepaymentEscalated: eventType({
    schema: 1,
    data: z.strictObject({ ...movement, effectId: z.string(), queries: z.int() }),
    published: ({ loanId, amount, channel }) => ({ loanId, amount, channel }),
  }),
  /** The loan has taken the money in: Σ totals + unapplied = amount. Exactly once per settled repayment. */
  RepaymentAllocated: eventType({
    schema: 1,
    data: z.strictObject({
      loanId: loanIdSchema,
      amount: moneyTextSchema,
      totals: portionsSchema,
      unapplied: moneyTextSchema,
      /** For a debt that had been given up: nobody owes it any more. */
      recovered: moneyTextSchema,
    }),
    published: ({ loanId, amount, totals, unapplied }) => ({ loanId, amount, totals, unapplied }),
  }),
};

export type RepaymentEvent = EventOf<typeof repaymentEvents>;
