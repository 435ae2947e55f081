import { z } from 'zod';
import { routingDecisionSchema } from '../channel';
import {
  borrowerIdSchema,
  businessDateSchema,
  type CommandOf,
  loanIdSchema,
  moneyTextSchema,
  receiptIdSchema,
  repaymentIdSchema,
} from '../kernel';
import { type LoanStanding, portionsSchema } from '../loan';
import type { DebitStanding } from '../mandate';
import { channelOutcomeSchema } from '../payout';
import { REPAYMENT_KINDS } from './events';

const [settled, failed, unknown] = channelOutcomeSchema.options;

/** What a channel said of a debit: where it took less than it was asked for, how much that was. */
const debitOutcomeSchema = z.discriminatedUnion('outcome', [
  settled.extend({ taken: moneyTextSchema.optional() }),
  failed,
  unknown,
]);
export type DebitOutcome = z.infer<typeof debitOutcomeSchema>;

export const repaymentCommands = {
  /** `amount` is absent for a payoff, where the loan says what is owed, and where the mandate's order says it. */
  InitiateRepayment: z.strictObject({
    repaymentId: repaymentIdSchema,
    loanId: loanIdSchema,
    borrowerId: borrowerIdSchema,
    kind: z.enum(REPAYMENT_KINDS),
    amount: moneyTextSchema.optional(),
    channel: z.string(),
    effectId: z.string(),
    /** How the channel was chosen; absent where there was no choice. */
    routing: routingDecisionSchema.optional(),
  }),
  ReceiveRepayment: z.strictObject({
    repaymentId: repaymentIdSchema,
    loanId: loanIdSchema,
    amount: moneyTextSchema,
    channel: z.string(),
    receiptId: receiptIdSchema,
    valueDate: businessDateSchema,
  }),
  RecordRepaymentOutcome: z.strictObject({
    repaymentId: repaymentIdSchema,
    effectId: z.string(),
    answer: debitOutcomeSchema,
  }),
  RecordAllocation: z.strictObject({
    repaymentId: repaymentIdSchema,
    totals: portionsSchema,
    unapplied: moneyTextSchema,
    /** For a debt that had been given up: nobody owes it any more. */
    recovered: moneyTextSchema,
  }),
};

export type RepaymentCommand = CommandOf<
  typeof repaymentCommands,
  { InitiateRepayment: { readonly loan: LoanStanding; readonly debit?: DebitStanding } }
>;
