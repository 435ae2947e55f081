import { z } from 'zod';
import {
  actorSchema,
  businessDateSchema,
  type EventOf,
  eventType,
  loanIdSchema,
  moneyTextSchema,
  repaymentIdSchema,
} from '../kernel';

/** An account as it may be told. */
const account = z.strictObject({ bank: z.string().min(1).max(100), lastFour: z.string().regex(/^\d{4}$/) }).optional();
const organisation = { name: z.string().min(1).max(200), account };

/** Who has paid. An organisation is named; of a person only the account is told, and no more of it than its end. */
export const receiptPayerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('employer'), ...organisation }),
  z.strictObject({ kind: z.literal('collection-agency'), ...organisation }),
  z.strictObject({ kind: z.literal('person'), account }),
]);

/**
 * How a part of a receipt found its loan: by the payer's list, by what the payer wrote with the money, or by somebody
 * of the house.
 */
export const ASSIGNED_BY = ['list', 'reference', 'hand'] as const;

export const receiptEvents = {
  /** Money has come in by itself. All of it is in suspense. */
  ReceiptRecorded: eventType({
    schema: 1,
    data: z.strictObject({
      amount: moneyTextSchema,
      channel: z.string(),
      /** What the channel's statement calls it. */
      channelReference: z.string(),
      payer: receiptPayerSchema,
      /** What the payer wrote with it. */
      reference: z.string().optional(),
      valueDate: businessDateSchema,
    }),
    published: ({ amount, channel, valueDate }) => ({ amount, channel, valueDate }),
  }),
  /** A part leaves suspense for a loan, and reaches it as this repayment, once. */
  ReceiptAssigned: eventType({
    schema: 1,
    data: z.strictObject({
      loanId: loanIdSchema,
      /** Parts of one receipt, counted from 1. */
      line: z.int().min(1),
      repaymentId: repaymentIdSchema,
      amount: moneyTextSchema,
      channel: z.string(),
      by: z.enum(ASSIGNED_BY),
      /** When it counts for the loan: the day on which it came in, unless nothing had been lent by then. */
      valueDate: businessDateSchema,
    }),
    published: ({ loanId, repaymentId, amount, valueDate }) => ({ loanId, repaymentId, amount, valueDate }),
  }),
  /** What nobody can tell the loan of is to go back. Until that is done or has failed it stays in suspense. */
  ReceiptRefundRequested: eventType({
    schema: 1,
    data: z.strictObject({
      amount: moneyTextSchema,
      reason: z.string(),
      requestedBy: actorSchema,
      /** It may be paid back only once a second person has approved it. */
      needsApproval: z.boolean(),
      requestedOn: businessDateSchema,
    }),
    published: ({ amount, requestedOn }) => ({ amount, requestedOn }),
  }),
  ReceiptRefundApproved: eventType({
    schema: 1,
    data: z.strictObject({ approvedBy: actorSchema, note: z.string() }),
    published: () => ({}),
  }),
  /** The money has gone back to the account that it came from. */
  ReceiptRefunded: eventType({
    schema: 1,
    data: z.strictObject({
      amount: moneyTextSchema,
      channel: z.string(),
      channelReference: z.string(),
      valueDate: businessDateSchema,
    }),
    published: ({ amount, channel, valueDate }) => ({ amount, channel, valueDate }),
  }),
  /** It was not paid back: not approved, not wanted any more, or turned away. */
  ReceiptRefundFailed: eventType({
    schema: 1,
    data: z.strictObject({ amount: moneyTextSchema, reason: z.string() }),
    published: ({ amount, reason }) => ({ amount, reason }),
  }),
};

export type ReceiptEvent = EventOf<typeof receiptEvents>;
