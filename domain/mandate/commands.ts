import { z } from 'zod';
import type { BorrowerStanding } from '../borrower';
import {
  borrowerIdSchema,
  businessDateSchema,
  type CommandOf,
  loanIdSchema,
  mandateIdSchema,
  moneyTextSchema,
  repaymentIdSchema,
} from '../kernel';
import type { LoanDues, Payee } from '../loan';
import { agreementSchema } from './events';

const ofDueDate = { mandateId: mandateIdSchema, loanId: loanIdSchema, dueDate: businessDateSchema };

export const mandateCommands = {
  GrantMandate: z.strictObject({
    mandateId: mandateIdSchema,
    loanId: loanIdSchema,
    borrowerId: borrowerIdSchema,
    cardId: z.string(),
    agreement: agreementSchema,
  }),
  /** By the borrower whose mandate it is. */
  RevokeMandate: z.strictObject({
    mandateId: mandateIdSchema,
    borrowerId: borrowerIdSchema,
    reason: z.string().min(1).max(200),
  }),
  ExpireMandate: z.strictObject({ mandateId: mandateIdSchema, number: z.int().min(1) }),
  AnnounceDebit: z.strictObject(ofDueDate),
  /** Orders the debit of what is due and unpaid; the same attempt for the same due date is ordered once. */
  OrderDebit: z.strictObject({ ...ofDueDate, attempt: z.int().min(1) }),
  /** What became of a debit that was ordered; `withdrawn`: it was never sent. */
  RecordDebit: z.strictObject({
    mandateId: mandateIdSchema,
    repaymentId: repaymentIdSchema,
    result: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('taken'), amount: moneyTextSchema }),
      z.strictObject({ outcome: z.literal('failed'), reason: z.string() }),
      z.strictObject({ outcome: z.literal('withdrawn'), reason: z.string() }),
    ]),
  }),
};

/** What a debit needs to know of the loan by the day that it is for, and of the borrower. */
export interface DebitFacts {
  readonly dues: LoanDues;
  readonly borrower: BorrowerStanding;
}

export type MandateCommand = CommandOf<
  typeof mandateCommands,
  {
    GrantMandate: DebitFacts & { readonly payer: Payee | undefined };
    AnnounceDebit: Pick<DebitFacts, 'dues'>;
    OrderDebit: DebitFacts;
  }
>;
