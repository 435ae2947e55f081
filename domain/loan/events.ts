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
import { quoteSchema } from '../schedule';
import { accountChangeSchema, factTextSchema, journalSchema } from './account';

/** The four parts of every amount. */
export const PORTIONS = ['penalty', 'fee', 'interest', 'principal'] as const;
export type Portion = (typeof PORTIONS)[number];

export const portionsSchema = z.strictObject({
  penalty: moneyTextSchema,
  fee: moneyTextSchema,
  interest: moneyTextSchema,
  principal: moneyTextSchema,
});
export type PortionsText = Readonly<z.infer<typeof portionsSchema>>;

/** Days past due by which arrears are reported. */
export const ARREARS_BUCKETS = ['current', '1-30', '31-60', '61-90', '90+'] as const;
export const arrearsBucketSchema = z.enum(ARREARS_BUCKETS);
export type ArrearsBucket = z.infer<typeof arrearsBucketSchema>;

export const payeeSchema = z.strictObject({ cardId: z.string(), bank: z.string(), lastFour: z.string() });
export type Payee = Readonly<z.infer<typeof payeeSchema>>;

/**
 * What every fact that changes a loan's account carries: itself, what became of the account, and what that is in the
 * books. Folding takes these as they were written; nothing is worked out anew.
 */
const changed = {
  valueDate: businessDateSchema,
  change: accountChangeSchema,
  journal: journalSchema,
  /** What is outstanding after it, in all and of principal. */
  outstanding: moneyTextSchema,
  principalOutstanding: moneyTextSchema,
};
const recorded = { ...changed, fact: factTextSchema };

/** A fact that needs nothing said beyond itself. */
const recordedOnly = eventType({
  schema: 1,
  data: z.strictObject(recorded),
  published: ({ valueDate, fact, outstanding }) => ({ valueDate, kind: fact.kind, outstanding }),
});

/**
 * The quote that was signed: terms, figures and all-in rate. Its schedule stands in the offer of the application, under
 * the same hash; it is what the terms make of a disbursement on the day that it was quoted for.
 */
const contractSchema = quoteSchema.omit({ schedule: true }).extend({ quotedFor: businessDateSchema });

export const loanEvents = {
  LoanOpened: eventType({
    schema: 1,
    data: z.strictObject({
      applicationId: applicationIdSchema,
      borrowerId: borrowerIdSchema,
      productId: productIdSchema,
      contract: contractSchema,
      documentHash: z.string(),
      cap: rateTextSchema,
      payee: payeeSchema,
      openedOn: businessDateSchema,
    }),
    published: ({ applicationId, borrowerId, contract }) => ({
      applicationId,
      borrowerId,
      principal: contract.principal,
      installments: contract.installments,
    }),
  }),
  /** Money was paid out: the first time, or a further tranche. */
  LoanDisbursed: eventType({
    schema: 1,
    data: z.strictObject({
      ...recorded,
      payoutId: payoutIdSchema,
      amount: moneyTextSchema,
      channel: z.string(),
      /** From the second payout on, which one it is. */
      tranche: z.int().min(2).optional(),
    }),
    published: ({ amount, valueDate }) => ({ amount, valueDate }),
  }),
  /** The borrower draws on what was agreed; it is held for this payout until that has settled or failed. */
  TrancheRequested: eventType({
    schema: 1,
    data: z.strictObject({ payoutId: payoutIdSchema, amount: moneyTextSchema, requestedOn: businessDateSchema }),
    published: ({ amount, requestedOn }) => ({ amount, requestedOn }),
  }),
  /** A tranche that was asked for could not be paid out. */
  TrancheReleased: eventType({
    schema: 1,
    data: z.strictObject({ payoutId: payoutIdSchema, amount: moneyTextSchema, reason: z.string() }),
    published: ({ amount, reason }) => ({ amount, reason }),
  }),
  /** Time has passed: installments that fell due are receivable, overdue principal has borne penalty and interest. */
  LoanAged: eventType({
    schema: 1,
    data: z.strictObject({ ...changed, fellDue: z.array(z.int().min(1)) }),
    published: ({ valueDate, fellDue, outstanding }) => ({ valueDate, fellDue, outstanding }),
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
  /** Money arrived and was allocated: Σ portions + unapplied + recovered = amount. */
  RepaymentApplied: eventType({
    schema: 1,
    data: z.strictObject({
      ...recorded,
      repaymentId: repaymentIdSchema,
      amount: moneyTextSchema,
      totals: portionsSchema,
      /** More than was owed: held for the borrower. */
      unapplied: moneyTextSchema,
      /** For a debt that had been given up. */
      recovered: moneyTextSchema,
    }),
    published: ({ repaymentId, amount, totals, principalOutstanding }) => ({
      repaymentId,
      amount,
      totals,
      principalOutstanding,
    }),
  }),
  /** A refund, a credit of goodwill, a recovery: money or a claim dropped, of a kind that its fact names. */
  CreditApplied: recordedOnly,
  CreditBalanceRefunded: recordedOnly,
  ChargeAdded: recordedOnly,
  ChargeWaived: recordedOnly,
  ChargeAdjusted: recordedOnly,
  RepaymentChargedBack: recordedOnly,
  RateChanged: recordedOnly,
  DueDateMoved: recordedOnly,
  TermExtended: recordedOnly,
  GraceGranted: recordedOnly,
  LoanReAged: recordedOnly,
  LoanReAmortized: recordedOnly,
  InterestPaused: recordedOnly,
  /** An accounting loss; collecting goes on. */
  LoanChargedOff: recordedOnly,
  /** Debt given up; the amounts leave the receivables as an expense. */
  LoanWrittenOff: eventType({
    schema: 1,
    data: z.strictObject({ ...recorded, amounts: portionsSchema, reason: z.string() }),
    published: ({ amounts, valueDate }) => ({ amounts, valueDate }),
  }),
  ContractTerminated: recordedOnly,
  /** Less than what was owed, taken for all of it. */
  LoanSettled: recordedOnly,
  /** An earlier fact is taken back: the loan stands as if it had never been. */
  FactReversed: recordedOnly,
  LoanClosed: eventType({
    schema: 1,
    data: z.strictObject({ reason: z.enum(['repaid', 'settled']), closedOn: businessDateSchema }),
    published: ({ reason, closedOn }) => ({ reason, closedOn }),
  }),
  /** A closed loan owes again: what had paid it was taken back. */
  LoanReopened: eventType({
    schema: 1,
    data: z.strictObject({ reopenedOn: businessDateSchema }),
    published: ({ reopenedOn }) => ({ reopenedOn }),
  }),
  /** The money could not be paid out; nothing is owed. */
  LoanCancelled: eventType({
    schema: 1,
    data: z.strictObject({ reason: z.string() }),
    published: ({ reason }) => ({ reason }),
  }),
};

export type LoanEvent = EventOf<typeof loanEvents>;
