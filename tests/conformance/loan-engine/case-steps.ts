import { z } from 'zod';
import { CASE_CREDITS, type CaseCredit, figureSchema, productChargeSchema } from './case-terms';
import { isUndoableType } from './transaction-labels';

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

/**
 * Settings of accrual accounting, of days, of delinquency and of the sale of loans: none changes what a loan owes. That
 * overdue principal is not compounded says nothing of loans whose plans do not compound.
 */
const MOVES_NO_MONEY =
  /accrual|business-date|cob|delinquency|asset|external|next-payment-due|event|is-principal-compounding-disabled/;

/** Words for people that some steps carry; they change no figure. */
const labels = {
  channel: z.string().optional(),
  reason: z.string().optional(),
  note: z.string().optional(),
  externalId: z.string().optional(),
};

/** A step of a case by its operation, strict: a field that is not understood is a knob that is missing. */
const step = <Op extends string, Shape extends z.ZodRawShape>(op: Op, shape: Shape) =>
  z.strictObject({ op: z.literal(op), ...shape, ...labels });

/** Operations on a loan and checks of it: what this runner can do, each with every field that it understands. */
export const stepSchema = z.discriminatedUnion('op', [
  step('setBusinessDate', { date: dateSchema }),
  step('createLoan', {}),
  step('approve', { ...moneySchema, expectedDisbursementDate: dateSchema.optional() }),
  step('disburse', {
    ...moneySchema,
    fixedInstallmentAmount: figureSchema.optional(),
    autoDownPayment: z.boolean().optional(),
  }),
  step('transaction', {
    type: z.enum([...creditSchema.options, 'CREDIT_BALANCE_REFUND']),
    ...moneySchema,
    interestRefundCalculation: z.boolean().optional(),
  }),
  step('payOff', { date: dateSchema }),
  step('runCloseOfBusiness', {}),
  step('setGlobalConfig', {
    key: z.string().regex(MOVES_NO_MONEY, 'a setting that moves no money'),
    enabled: z.boolean().optional(),
    value: z.unknown().optional(),
  }),
  step('addCharge', {
    charge: z.string(),
    dueDate: dateSchema.optional(),
    amount: figureSchema.optional(),
    percent: figureSchema.optional(),
  }),
  step('chargeAdjustment', {
    charge: z.string().optional(),
    dueDate: dateSchema.optional(),
    date: dateSchema.optional(),
    amount: figureSchema,
  }),
  step('undoChargeAdjustment', { date: dateSchema.optional(), amount: figureSchema.optional() }),
  step('undoTransaction', {
    type: z.string().refine(isUndoableType, 'a transaction that one of our facts makes').optional(),
    nth: z.int().min(1).optional(),
    which: z.string().optional(),
    date: dateSchema.optional(),
  }),
  step('chargeback', { of: z.union([z.string(), z.int().min(1)]).transform(String), amount: figureSchema }),
  step('chargeOff', { date: dateSchema }),
  step('undoChargeOff', { date: dateSchema.optional() }),
  step('reschedule', {
    fromDate: dateSchema,
    submittedOn: dateSchema,
    adjustedDueDate: dateSchema.optional(),
    graceOnInterest: z.int().min(1).optional(),
    graceOnPrincipal: z.int().min(1).optional(),
    extraTerms: z.int().min(1).optional(),
    newAnnualRatePercent: figureSchema.optional(),
  }),
  step('reAge', {
    every: z.int().min(1),
    frequency: z.enum(['DAYS', 'WEEKS', 'MONTHS', 'YEARS']),
    startDate: dateSchema,
    numberOfInstallments: z.int().min(1),
    interestHandling: interestHandlingSchema,
  }),
  step('reAmortize', { interestHandling: interestHandlingSchema }),
  step('undoReAge', {}),
  step('undoReAmortize', {}),
  step('pauseInterest', { from: dateSchema, to: dateSchema }),
  step('undoDisbursal', {}),
  step('undoLastDisbursal', {}),
  step('undoApproval', {}),
  step('terminateContract', {}),
  step('capitalizedIncome', { ...moneySchema }),
  step('capitalizedIncomeAdjustment', { ...moneySchema }),
  step('addExpectedTranche', { ...moneySchema }),
  step('expectSchedule', {
    periods: z.int().min(0).optional(),
    rows: z.array(scheduleRowSchema),
    totals: scheduleTotalsSchema,
  }),
  step('expectTransactions', { rows: z.array(transactionRowSchema), ignoring: z.array(z.string()).optional() }),
  step('expectJournal', {
    transaction: z.strictObject({ type: z.string(), date: dateSchema }),
    entries: z.array(journalEntrySchema),
  }),
  step('expectCharges', { rows: z.array(chargeRowSchema) }),
  step('expectStatus', { status: z.enum(Object.keys(STATUSES) as [CaseStatus, ...CaseStatus[]]) }),
  step('expectAmount', {
    measure: z.enum(['totalOutstanding', 'totalOverpaid', 'totalOverdue', 'principalOutstanding']),
    amount: figureSchema,
  }),
  step('expectAllObligationsMet', {}),
  step('expectClosedZero', {}),
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
  step('disburse', { ...moneySchema }),
  step('payPrincipal', { ...modelPaymentSchema }),
  step('payInterest', { ...modelPaymentSchema }),
  step('creditPrincipal', { ...moneySchema }),
  step('creditInterest', { ...moneySchema }),
  step('pauseInterest', { from: dateSchema, to: dateSchema }),
  step('changeRate', { date: dateSchema, newAnnualRatePercent: figureSchema }),
  step('expectModel', { rows: z.array(modelRowSchema) }),
]);
export type ModelStep = z.infer<typeof modelStepSchema>;

export const chargeDefinitionSchema = productChargeSchema.omit({ charge: true });
export type Catalogue = Readonly<Record<string, z.infer<typeof chargeDefinitionSchema>>>;
