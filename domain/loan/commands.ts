import { z } from 'zod';
import {
  applicationIdSchema,
  borrowerIdSchema,
  businessDateSchema,
  type CommandOf,
  loanIdSchema,
  moneyTextSchema,
  payoutIdSchema,
  productIdSchema,
  type RateText,
  repaymentIdSchema,
} from '../kernel';
import { quoteSchema } from '../schedule';
import { payeeSchema } from './events';

export const loanCommands = {
  OpenLoan: z.strictObject({
    loanId: loanIdSchema,
    applicationId: applicationIdSchema,
    borrowerId: borrowerIdSchema,
    productId: productIdSchema,
    contract: quoteSchema,
    documentHash: z.string(),
    payee: payeeSchema,
  }),
  /** The payout has settled; `settledOn` is the day from which interest counts. */
  DisburseLoan: z.strictObject({
    loanId: loanIdSchema,
    payoutId: payoutIdSchema,
    amount: moneyTextSchema,
    settledOn: businessDateSchema,
    channel: z.string(),
  }),
  /**
   * Brings a loan to the end of a business date: what fell due, penalties, the arrears bucket. Any day, any number of
   * times.
   */
  AgeLoan: z.strictObject({ loanId: loanIdSchema, asOf: businessDateSchema }),
  ApplyRepayment: z.strictObject({
    loanId: loanIdSchema,
    repaymentId: repaymentIdSchema,
    amount: moneyTextSchema,
    valueDate: businessDateSchema,
  }),
  WriteOffLoan: z.strictObject({ loanId: loanIdSchema, reason: z.string().min(1).max(200) }),
  CancelLoan: z.strictObject({ loanId: loanIdSchema, reason: z.string() }),
};

export type LoanCommand = CommandOf<typeof loanCommands, { OpenLoan: { readonly cap: RateText } }>;
