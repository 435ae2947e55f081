import { z } from 'zod';
import {
  borrowerIdSchema,
  businessDateSchema,
  type EventOf,
  eventType,
  instantSchema,
  loanIdSchema,
  moneyTextSchema,
  repaymentIdSchema,
} from '../kernel';
import { payeeSchema } from '../loan';
import { refusalClassSchema } from './retry-policy';

/** What the borrower has agreed to: how much may be debited, how long, and when there is likely to be money. */
export const agreementSchema = z.strictObject({
  /** Of one debit, and of all debits of one calendar month. */
  perDebit: moneyTextSchema,
  perMonth: moneyTextSchema,
  /** The first and the last day on which a debit may be made. */
  from: businessDateSchema,
  to: businessDateSchema,
  /** Days of the month on which the borrower is paid; 31 is the last of any month. */
  payDays: z.array(z.int().min(1).max(31)).max(4),
  /** The text that was agreed to, by version and SHA-256. */
  textVersion: z.string(),
  textHash: z.string(),
});
export type Agreement = Readonly<z.infer<typeof agreementSchema>>;

/** Why a due date passed without a debit being ordered, or why no further one is. */
export const OBSTACLES = [
  'nothing-due',
  'limit-reached',
  'not-in-force',
  'consent-not-in-force',
  'card-unknown',
  'loan-not-active',
] as const;

const ofLoan = { loanId: loanIdSchema };
const ofDueDate = { ...ofLoan, dueDate: businessDateSchema };
const ofAttempt = { ...ofDueDate, repaymentId: repaymentIdSchema, attempt: z.int().min(1) };
const policySchema = z.strictObject({ name: z.string(), version: z.int().min(1) });
/** Agreements of one loan, counted from 1. */
const number = z.int().min(1);

export const mandateEvents = {
  MandateGranted: eventType({
    schema: 1,
    data: z.strictObject({
      ...ofLoan,
      borrowerId: borrowerIdSchema,
      number,
      payer: payeeSchema,
      agreement: agreementSchema,
      grantedOn: businessDateSchema,
    }),
    published: ({ loanId, number: which, grantedOn }) => ({ loanId, number: which, grantedOn }),
  }),
  /** The borrower takes it back: what has been ordered goes on, nothing new is. */
  MandateRevoked: eventType({
    schema: 1,
    data: z.strictObject({ ...ofLoan, number, reason: z.string() }),
    published: ({ loanId, number: which }) => ({ loanId, number: which }),
  }),
  MandateExpired: eventType({
    schema: 1,
    data: z.strictObject({ ...ofLoan, number, expiredOn: businessDateSchema }),
    published: ({ loanId, number: which, expiredOn }) => ({ loanId, number: which, expiredOn }),
  }),
  /** The account is closed, or its bank does not honour the mandate: nothing is debited under it any more. */
  MandateRefused: eventType({
    schema: 1,
    data: z.strictObject({ ...ofLoan, number, repaymentId: repaymentIdSchema, reason: z.string() }),
    published: ({ loanId, number: which, reason }) => ({ loanId, number: which, reason }),
  }),
  /** The borrower is to be told what will be debited, and when. */
  DebitAnnounced: eventType({
    schema: 1,
    data: z.strictObject({
      ...ofDueDate,
      borrowerId: borrowerIdSchema,
      amount: moneyTextSchema,
      payer: payeeSchema,
      announcedOn: businessDateSchema,
    }),
    published: ({ loanId, dueDate, amount }) => ({ loanId, dueDate, amount }),
  }),
  /** From here on money may be taken under this repayment's id, and under no other for the same due date. */
  DebitOrdered: eventType({
    schema: 1,
    data: z.strictObject({
      ...ofAttempt,
      borrowerId: borrowerIdSchema,
      /** What was due and unpaid; the amount is all of it, or what the agreement's limits leave of it. */
      due: moneyTextSchema,
      amount: moneyTextSchema,
      payer: payeeSchema,
      orderedOn: businessDateSchema,
    }),
    published: ({ loanId, dueDate, attempt, amount }) => ({ loanId, dueDate, attempt, amount }),
  }),
  /** An earlier debit's outcome is not known yet: this due date waits for it. */
  DebitDeferred: eventType({
    schema: 1,
    data: z.strictObject({ ...ofDueDate, behind: repaymentIdSchema }),
    published: ({ loanId, dueDate }) => ({ loanId, dueDate }),
  }),
  DebitPassedOver: eventType({
    schema: 1,
    data: z.strictObject({ ...ofDueDate, reason: z.enum(OBSTACLES) }),
    published: ({ loanId, dueDate, reason }) => ({ loanId, dueDate, reason }),
  }),
  /** The money has come and the loan has taken it in. */
  DebitTaken: eventType({
    schema: 1,
    data: z.strictObject({ ...ofAttempt, amount: moneyTextSchema }),
    published: ({ loanId, dueDate, attempt, amount }) => ({ loanId, dueDate, attempt, amount }),
  }),
  /** Nothing was taken, for sure. */
  DebitFailed: eventType({
    schema: 1,
    data: z.strictObject({ ...ofAttempt, reason: z.string(), kind: refusalClassSchema.or(z.literal('withdrawn')) }),
    published: ({ loanId, dueDate, attempt, reason }) => ({ loanId, dueDate, attempt, reason }),
  }),
  DebitRetryPlanned: eventType({
    schema: 1,
    data: z.strictObject({ ...ofDueDate, attempt: z.int().min(1), at: instantSchema, policy: policySchema }),
    published: ({ loanId, dueDate, attempt, at }) => ({ loanId, dueDate, attempt, at }),
  }),
  /** No further debit is tried for this due date: what is unpaid is for the borrower to pay. */
  DebitGivenUp: eventType({
    schema: 1,
    data: z.strictObject({
      ...ofDueDate,
      reason: z.enum([...OBSTACLES, 'tried-enough', 'mandate-ended', 'next-due-date']),
    }),
    published: ({ loanId, dueDate, reason }) => ({ loanId, dueDate, reason }),
  }),
};

export type MandateEvent = EventOf<typeof mandateEvents>;
