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
  rateTextSchema,
  repaymentIdSchema,
} from '../kernel';
import { chargeCalculationSchema, creditKindSchema, periodSchema, quoteSchema } from '../schedule';
import { interestHandlingSchema } from './account';
import { payeeSchema } from './events';

/** What every command on a lent loan names: the loan, and the day that the fact counts for. */
const dated = { loanId: loanIdSchema, valueDate: businessDateSchema };
/** An earlier fact of the loan, by its id. */
const of = z.string().min(1).max(100);

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
  /** A payout has settled; `settledOn` is the day from which interest counts. */
  DisburseLoan: z.strictObject({
    loanId: loanIdSchema,
    payoutId: payoutIdSchema,
    amount: moneyTextSchema,
    settledOn: businessDateSchema,
    channel: z.string(),
  }),
  /** The borrower wants so much of what is agreed but not lent; the payout is named before it is asked for. */
  DrawTranche: z.strictObject({
    loanId: loanIdSchema,
    borrowerId: borrowerIdSchema,
    payoutId: payoutIdSchema,
    amount: moneyTextSchema,
  }),
  /** A tranche could not be paid out: it is free again. */
  ReleaseTranche: z.strictObject({ loanId: loanIdSchema, payoutId: payoutIdSchema, reason: z.string() }),
  /** Brings a loan to the end of a business date: what fell due, penalties, the arrears bucket. Any number of times. */
  AgeLoan: z.strictObject({ loanId: loanIdSchema, asOf: businessDateSchema }),
  ApplyRepayment: z.strictObject({ ...dated, repaymentId: repaymentIdSchema, amount: moneyTextSchema }),
  ApplyCredit: z.strictObject({
    ...dated,
    credit: creditKindSchema.exclude([
      'repayment',
      'down-payment',
      'charge-adjustment',
      'capitalized-income-adjustment',
    ]),
    amount: moneyTextSchema,
    /** A merchant's or payout refund gives back the interest that the refunded amount has borne. */
    refundsInterest: z.boolean().optional(),
  }),
  RefundCreditBalance: z.strictObject({ ...dated, amount: moneyTextSchema }),
  AddCharge: z.strictObject({
    ...dated,
    charge: z.enum(['fee', 'penalty']),
    calculation: chargeCalculationSchema,
    /** Absent: with every installment that is still to come. */
    dueOn: businessDateSchema.optional(),
  }),
  WaiveCharge: z.strictObject({ ...dated, of, installment: z.int().min(1).optional() }),
  AdjustCharge: z.strictObject({ ...dated, of, amount: moneyTextSchema }),
  ChargeBackRepayment: z.strictObject({ ...dated, of, amount: moneyTextSchema }),
  ChangeRate: z.strictObject({ ...dated, perYear: rateTextSchema }),
  MoveDueDate: z.strictObject({ ...dated, from: businessDateSchema, to: businessDateSchema }),
  ExtendTerm: z.strictObject({ ...dated, from: businessDateSchema, installments: z.int().min(1).max(600) }),
  GrantGrace: z.strictObject({
    ...dated,
    from: businessDateSchema,
    principal: z.int().min(0).max(360),
    interest: z.int().min(0).max(360),
  }),
  ReAgeLoan: z.strictObject({
    ...dated,
    period: periodSchema,
    startsOn: businessDateSchema,
    installments: z.int().min(1).max(1_200),
    interest: interestHandlingSchema,
  }),
  ReAmortizeLoan: z.strictObject({ ...dated, interest: interestHandlingSchema }),
  PauseInterest: z.strictObject({ ...dated, through: businessDateSchema }),
  ChargeOffLoan: z.strictObject(dated),
  TerminateContract: z.strictObject(dated),
  /** Takes an amount below what is owed for all of it. */
  SettleLoan: z.strictObject({ ...dated, amount: moneyTextSchema }),
  ReverseFact: z.strictObject({ ...dated, of }),
  WriteOffLoan: z.strictObject({ loanId: loanIdSchema, reason: z.string().min(1).max(200) }),
  CancelLoan: z.strictObject({ loanId: loanIdSchema, reason: z.string() }),
};

export type LoanCommand = CommandOf<typeof loanCommands, { OpenLoan: { readonly cap: RateText } }>;
export type LoanCommandOf<Type extends LoanCommand['type']> = Extract<LoanCommand, { type: Type }>;
