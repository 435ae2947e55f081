import { z } from 'zod';
import { CASE_CREDITS, type CaseCredit, figureSchema, productChargeSchema } from './case-terms';

const dateSchema = z.iso.date();
const creditSchema = z.enum(Object.keys(CASE_CREDITS) as [CaseCredit, ...CaseCredit[]]);

/** A row of a schedule. What is absent was not stated; `n` null is a disbursement. */
export const scheduleRowSchema = z.strictObject({
  n: z.int().nullish(),
  days: z.int().nullish(),
  dueDate: dateSchema,
  paidOn: dateSchema.nullish(),
  balance: figureSchema.optional(),
  principal: figureSchema.optional(),
  interest: figureSchema.optional(),
  fees: figureSchema.optional(),
  penalties: figureSchema.optional(),
  total: figureSchema.optional(),
  paid: figureSchema.optional(),
  paidInAdvance: figureSchema.optional(),
  paidLate: figureSchema.optional(),
  outstanding: figureSchema.optional(),
  waived: figureSchema.optional(),
});
export type ScheduleRow = z.infer<typeof scheduleRowSchema>;

export const scheduleTotalsSchema = scheduleRowSchema
  .pick({
    principal: true,
    interest: true,
    fees: true,
    penalties: true,
    total: true,
    paid: true,
    paidInAdvance: true,
    paidLate: true,
    outstanding: true,
    waived: true,
  })
  .nullish();
export type ScheduleTotals = z.infer<typeof scheduleTotalsSchema>;

const transactionRowSchema = z.strictObject({
  date: dateSchema,
  type: z.string(),
  amount: figureSchema.optional(),
  principal: figureSchema.optional(),
  interest: figureSchema.optional(),
  fees: figureSchema.optional(),
  penalties: figureSchema.optional(),
  balance: figureSchema.optional(),
  overpayment: figureSchema.optional(),
  reverted: z.boolean().optional(),
  replayed: z.boolean().optional(),
});
export type TransactionRow = z.infer<typeof transactionRowSchema>;

const journalEntrySchema = z.strictObject({
  accountType: z.enum(['ASSET', 'LIABILITY', 'INCOME', 'EXPENSE']),
  code: z.string(),
  account: z.string(),
  debit: figureSchema.optional(),
  credit: figureSchema.optional(),
});
export type JournalRow = z.infer<typeof journalEntrySchema>;

const chargeRowSchema = z.strictObject({
  name: z.string(),
  isPenalty: z.union([z.boolean(), z.enum(['true', 'false'])]).transform((value) => String(value) === 'true'),
  due: figureSchema,
  dueAsOf: dateSchema.nullish(),
  calc: z.string().optional(),
  paid: figureSchema.optional(),
  waived: figureSchema.optional(),
  outstanding: figureSchema.optional(),
  paymentDueAt: z.string().optional(),
});
export type ChargeRow = z.infer<typeof chargeRowSchema>;

const moneySchema = { date: dateSchema, amount: figureSchema };

/** Interest that is outstanding when a plan is changed, by the source's words. */
export const INTEREST_HANDLING = {
  DEFAULT: 'default',
  EQUAL_AMORTIZATION_PAYABLE_INTEREST: 'equal-of-payable',
  EQUAL_AMORTIZATION_FULL_INTEREST: 'equal-of-full',
  WAIVE_INTEREST: 'waive',
  EQUAL_AMORTIZATION_INTEREST_SPLIT: 'split',
} as const;
type CaseInterestHandling = keyof typeof INTEREST_HANDLING;
const interestHandlingSchema = z
  .enum(Object.keys(INTEREST_HANDLING) as [CaseInterestHandling, ...CaseInterestHandling[]])
  .default('DEFAULT');

export const STATUSES = {
  SUBMITTED_AND_PENDING_APPROVAL: ['submitted'],
  APPROVED: ['approved'],
  ACTIVE: ['active', 'charged-off'],
  CLOSED_OBLIGATIONS_MET: ['closed'],
  OVERPAID: ['overpaid'],
  CLOSED_WRITTEN_OFF: ['written-off'],
} as const;
type CaseStatus = keyof typeof STATUSES;

/** Operations on a loan and checks of it: what this runner can do, each with every field that it understands. */
export const stepSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('setBusinessDate'), date: dateSchema }),
  z.strictObject({ op: z.literal('createLoan') }),
  z.strictObject({ op: z.literal('approve'), ...moneySchema, expectedDisbursementDate: dateSchema.optional() }),
  z.strictObject({ op: z.literal('disburse'), ...moneySchema, fixedInstallmentAmount: figureSchema.optional() }),
  z.strictObject({
    op: z.literal('transaction'),
    type: z.enum([...creditSchema.options, 'CREDIT_BALANCE_REFUND']),
    ...moneySchema,
    channel: z.string().optional(),
  }),
  z.strictObject({ op: z.literal('payOff'), date: dateSchema, channel: z.string().optional() }),
  z.strictObject({ op: z.literal('runCloseOfBusiness') }),
  z.strictObject({
    op: z.literal('addCharge'),
    charge: z.string(),
    dueDate: dateSchema.optional(),
    amount: figureSchema.optional(),
    percent: figureSchema.optional(),
  }),
  z.strictObject({
    op: z.literal('chargeAdjustment'),
    charge: z.string().optional(),
    dueDate: dateSchema.optional(),
    date: dateSchema.optional(),
    amount: figureSchema,
  }),
  z.strictObject({ op: z.literal('undoChargeAdjustment'), date: dateSchema.optional() }),
  z.strictObject({
    op: z.literal('undoTransaction'),
    type: z.string(),
    nth: z.int().min(1).optional(),
    which: z.string().optional(),
    date: dateSchema.optional(),
  }),
  z.strictObject({
    op: z.literal('chargeback'),
    of: z.string(),
    amount: figureSchema,
    channel: z.string().optional(),
  }),
  z.strictObject({ op: z.literal('chargeOff'), date: dateSchema }),
  z.strictObject({ op: z.literal('undoChargeOff'), date: dateSchema.optional() }),
  z.strictObject({
    op: z.literal('reschedule'),
    fromDate: dateSchema,
    submittedOn: dateSchema,
    adjustedDueDate: dateSchema.optional(),
    graceOnInterest: z.int().min(1).optional(),
    graceOnPrincipal: z.int().min(1).optional(),
    extraTerms: z.int().min(1).optional(),
    newAnnualRatePercent: figureSchema.optional(),
  }),
  z.strictObject({
    op: z.literal('reAge'),
    every: z.int().min(1),
    frequency: z.enum(['DAYS', 'WEEKS', 'MONTHS', 'YEARS']),
    startDate: dateSchema,
    numberOfInstallments: z.int().min(1),
    interestHandling: interestHandlingSchema,
  }),
  z.strictObject({ op: z.literal('reAmortize'), interestHandling: interestHandlingSchema }),
  z.strictObject({ op: z.literal('undoReAmortize') }),
  z.strictObject({ op: z.literal('pauseInterest'), from: dateSchema, to: dateSchema }),
  z.strictObject({ op: z.literal('undoDisbursal') }),
  z.strictObject({ op: z.literal('undoLastDisbursal') }),
  z.strictObject({ op: z.literal('undoApproval') }),
  z.strictObject({ op: z.literal('terminateContract') }),
  z.strictObject({ op: z.literal('addExpectedTranche'), ...moneySchema }),
  z.strictObject({
    op: z.literal('expectSchedule'),
    periods: z.int().min(0).optional(),
    rows: z.array(scheduleRowSchema),
    totals: scheduleTotalsSchema,
  }),
  z.strictObject({
    op: z.literal('expectTransactions'),
    rows: z.array(transactionRowSchema),
    ignoring: z.array(z.string()).optional(),
  }),
  z.strictObject({
    op: z.literal('expectJournal'),
    transaction: z.strictObject({ type: z.string(), date: dateSchema }),
    entries: z.array(journalEntrySchema),
  }),
  z.strictObject({ op: z.literal('expectCharges'), rows: z.array(chargeRowSchema) }),
  z.strictObject({
    op: z.literal('expectStatus'),
    status: z.enum(Object.keys(STATUSES) as [CaseStatus, ...CaseStatus[]]),
  }),
  z.strictObject({
    op: z.literal('expectAmount'),
    measure: z.enum(['totalOutstanding', 'totalOverpaid', 'totalOverdue', 'principalOutstanding']),
    amount: figureSchema,
  }),
  z.strictObject({ op: z.literal('expectAllObligationsMet') }),
  z.strictObject({ op: z.literal('expectClosedZero') }),
]);
export type Step = z.infer<typeof stepSchema>;

const modelRowSchema = z.strictObject({
  n: z.int(),
  installment: figureSchema.optional(),
  interest: figureSchema.optional(),
  principal: figureSchema.optional(),
  balance: figureSchema.optional(),
});
export type ModelRow = z.infer<typeof modelRowSchema>;

const modelPaymentSchema = { periodFrom: dateSchema, periodDue: dateSchema, ...moneySchema };

/** Steps of the low-level installment models. */
export const modelStepSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('disburse'), ...moneySchema }),
  z.strictObject({ op: z.literal('payPrincipal'), ...modelPaymentSchema }),
  z.strictObject({ op: z.literal('payInterest'), ...modelPaymentSchema }),
  z.strictObject({ op: z.literal('pauseInterest'), from: dateSchema, to: dateSchema }),
  z.strictObject({ op: z.literal('changeRate'), date: dateSchema, newAnnualRatePercent: figureSchema }),
  z.strictObject({ op: z.literal('expectModel'), rows: z.array(modelRowSchema) }),
]);
export type ModelStep = z.infer<typeof modelStepSchema>;

export const catalogueSchema = z.record(z.string(), productChargeSchema.omit({ charge: true }));
export type Catalogue = z.infer<typeof catalogueSchema>;
