import { z } from 'zod';
import { routingDecisionSchema } from '../channel';
import { borrowerIdSchema, type CommandOf, loanIdSchema, moneyTextSchema, repaymentIdSchema } from '../kernel';
import { type LoanStanding, portionsSchema } from '../loan';
import type { DebitStanding } from '../mandate';
import { channelOutcomeSchema } from '../payout';
import { REPAYMENT_KINDS } from './events';

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
  RecordRepaymentOutcome: z.strictObject({
    repaymentId: repaymentIdSchema,
    effectId: z.string(),
    answer: channelOutcomeSchema,
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
