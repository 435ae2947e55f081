import { z } from 'zod';
import { businessDateSchema, type CommandOf, loanIdSchema, moneyTextSchema, receiptIdSchema } from '../kernel';
import type { PaidInto } from '../loan';
import { receiptPayerSchema } from './events';

const of = { receiptId: receiptIdSchema };

/** How much of a receipt is for which loan. */
const splitSchema = z.array(z.strictObject({ loanId: loanIdSchema, amount: moneyTextSchema })).readonly();

export const receiptCommands = {
  /**
   * Money that came in by itself, with the payer's list of loans where there is one. Without one, what the payer wrote
   * with it may name a loan: then that loan is given what it owes.
   */
  RecordReceipt: z.strictObject({
    ...of,
    amount: moneyTextSchema,
    channel: z.string(),
    channelReference: z.string(),
    payer: receiptPayerSchema,
    reference: z.string().optional(),
    receivedOn: businessDateSchema,
    lines: splitSchema,
  }),
  /** Somebody knows what loans it is for. */
  MatchReceipt: z.strictObject({ ...of, lines: splitSchema }),
  RequestReceiptRefund: z.strictObject({ ...of, amount: moneyTextSchema, reason: z.string().min(1).max(200) }),
  ApproveReceiptRefund: z.strictObject({ ...of, note: z.string().max(500) }),
  /** What became of a refund: paid back under a reference of the channel, or not. */
  RecordReceiptRefund: z.strictObject({
    ...of,
    result: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('settled'), channelReference: z.string(), settledOn: businessDateSchema }),
      z.strictObject({ outcome: z.literal('failed'), reason: z.string() }),
    ]),
  }),
};

/** The loans that a split names, as they stand. */
export interface SplitFacts {
  readonly loans: readonly PaidInto[];
}

export type ReceiptCommand = CommandOf<
  typeof receiptCommands,
  {
    /** `named`: the loan that the payer's words name, if they name one exactly. */
    RecordReceipt: SplitFacts & { readonly named?: PaidInto };
    MatchReceipt: SplitFacts;
  }
>;
