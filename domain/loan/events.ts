import { z } from 'zod';
import {
  applicationIdSchema,
  borrowerIdSchema,
  businessDateSchema,
  type EventOf,
  eventType,
  moneyTextSchema,
  payoutIdSchema,
  productIdSchema,
  rateTextSchema,
  repaymentIdSchema,
} from '../kernel';
import { quoteSchema, scheduleSchema } from '../schedule';

/** The four parts of every amount, in the order in which a repayment pays them. */
export const PORTIONS = ['penalty', 'fee', 'interest', 'principal'] as const;
export type Portion = (typeof PORTIONS)[number];

export const portionsSchema = z.strictObject({
  penalty: moneyTextSchema,
  fee: moneyTextSchema,
  interest: moneyTextSchema,
  principal: moneyTextSchema,
});
export type PortionsText = Readonly<z.infer<typeof portionsSchema>>;

/** Where one part of a repayment went. `inAdvance`: it paid what was not due yet. */
export const allocationLineSchema = z.strictObject({
  installment: z.int().min(1),
  portion: z.enum(PORTIONS),
  amount: moneyTextSchema,
  inAdvance: z.boolean(),
});
export type AllocationLine = Readonly<z.infer<typeof allocationLineSchema>>;

/** Days past due by which arrears are reported. */
export const ARREARS_BUCKETS = ['current', '1-30', '31-60', '61-90', '90+'] as const;
export const arrearsBucketSchema = z.enum(ARREARS_BUCKETS);
export type ArrearsBucket = z.infer<typeof arrearsBucketSchema>;

export const payeeSchema = z.strictObject({ cardId: z.string(), bank: z.string(), lastFour: z.string() });
export type Payee = Readonly<z.infer<typeof payeeSchema>>;

export const loanEvents = {
  LoanOpened: eventType({
    schema: 1,
    data: z.strictObject({
      applicationId: applicationIdSchema,
      borrowerId: borrowerIdSchema,
      productId: productIdSchema,
      /** The quote that was signed: terms, figures and all-in rate. */
      contract: quoteSchema,
      documentHash: z.string(),
      cap: rateTextSchema,
      payee: payeeSchema,
      openedOn: businessDateSchema,
    }),
    published: ({ applicationId, borrowerId, contract }) => ({
      applicationId,
      borrowerId,
      principal: contract.principal,
      termMonths: contract.termMonths,
    }),
  }),
  LoanDisbursed: eventType({
    schema: 1,
    data: z.strictObject({
      payoutId: payoutIdSchema,
      amount: moneyTextSchema,
      valueDate: businessDateSchema,
      channel: z.string(),
      /** The plan as booked: the signed figures on the calendar of the actual disbursement. */
      schedule: scheduleSchema,
      fee: moneyTextSchema,
    }),
    published: ({ amount, valueDate, schedule }) => ({ amount, valueDate, schedule }),
  }),
  /** What an installment demands from its due date on; interest and fee become receivable now. */
  InstallmentFellDue: eventType({
    schema: 1,
    data: z.strictObject({
      installment: z.int().min(1),
      valueDate: businessDateSchema,
      principal: moneyTextSchema,
      interest: moneyTextSchema,
      fee: moneyTextSchema,
    }),
    published: ({ installment, valueDate, principal, interest, fee }) => ({
      installment,
      valueDate,
      principal,
      interest,
      fee,
    }),
  }),
  /** Simple interest on overdue principal, for the days since it was last charged. */
  PenaltyCharged: eventType({
    schema: 1,
    data: z.strictObject({
      installment: z.int().min(1),
      valueDate: businessDateSchema,
      from: businessDateSchema,
      days: z.int().min(1),
      base: moneyTextSchema,
      amount: moneyTextSchema,
    }),
    published: ({ installment, valueDate, amount }) => ({ installment, valueDate, amount }),
  }),
  ArrearsBucketChanged: eventType({
    schema: 1,
    data: z.strictObject({
      from: arrearsBucketSchema,
      to: arrearsBucketSchema,
      daysPastDue: z.int().min(0),
      overdue: moneyTextSchema,
      valueDate: businessDateSchema,
    }),
    published: ({ from, to, daysPastDue }) => ({ from, to, daysPastDue }),
  }),
  /** Money arrived and was allocated: Σ lines + unapplied = amount. */
  RepaymentApplied: eventType({
    schema: 1,
    data: z.strictObject({
      repaymentId: repaymentIdSchema,
      amount: moneyTextSchema,
      valueDate: businessDateSchema,
      lines: z.array(allocationLineSchema),
      totals: portionsSchema,
      /** More than was owed: held for the borrower. */
      unapplied: moneyTextSchema,
      /** Interest forgone because principal came back early (the part of the plan that will not fall due). */
      interestForgone: moneyTextSchema,
      /** The plan from here on, when the repayment changed it. */
      schedule: scheduleSchema.optional(),
      principalOutstanding: moneyTextSchema,
    }),
    published: ({ repaymentId, amount, totals, principalOutstanding }) => ({
      repaymentId,
      amount,
      totals,
      principalOutstanding,
    }),
  }),
  LoanClosed: eventType({
    schema: 1,
    data: z.strictObject({ reason: z.enum(['repaid']), closedOn: businessDateSchema }),
    published: ({ reason, closedOn }) => ({ reason, closedOn }),
  }),
  /** Debt given up; the amounts leave the receivables as an expense. */
  LoanWrittenOff: eventType({
    schema: 1,
    data: z.strictObject({ amounts: portionsSchema, reason: z.string(), valueDate: businessDateSchema }),
    published: ({ amounts, valueDate }) => ({ amounts, valueDate }),
  }),
  /** The money could not be paid out; nothing is owed. */
  LoanCancelled: eventType({
    schema: 1,
    data: z.strictObject({ reason: z.string() }),
    published: ({ reason }) => ({ reason }),
  }),
};

export type LoanEvent = EventOf<typeof loanEvents>;
