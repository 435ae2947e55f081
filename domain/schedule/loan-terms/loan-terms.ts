import { z } from 'zod';
import { adjustmentSchema, DAY_COUNTS, monthEndSchema, yearSplitSchema } from '../../calendar';
import { businessDateSchema, currencySchema, ROUNDINGS, rateTextSchema } from '../../kernel';
import { accountingTermsSchema } from './accounting';
import { ALLOCATED_PORTIONS, allocationRulesSchema } from './allocation-rules';
import { chargeSchema } from './charges';

/** A decimal amount in the terms' currency, with exactly its decimals. */
const amountTextSchema = z.string().regex(/^(0|[1-9]\d{0,27})(\.\d{1,3})?$/, 'an amount such as "1000.00"');

/** A share of something as decimal text: "0.25" is a quarter. */
const shareTextSchema = z.string().regex(/^(0(\.\d{1,12})?|1(\.0{1,12})?)$/, 'a share such as "0.25"');

const PERIOD_UNITS = ['days', 'weeks', 'months', 'years'] as const;

export const periodSchema = z.strictObject({ every: z.int().min(1).max(1_000), unit: z.enum(PERIOD_UNITS) });
export type Period = Readonly<z.infer<typeof periodSchema>>;

/** What every amount is rounded to, where, and how. */
const roundingTermsSchema = z.strictObject({
  mode: z.enum(ROUNDINGS),
  /** Every amount is rounded to a multiple of this. Absent: to the currency's minor unit. */
  amountMultiple: amountTextSchema.optional(),
  /** The equal installment is rounded to the nearest multiple of this; where that gives nothing it stays unrounded. */
  installmentMultiple: amountTextSchema.optional(),
  /** A residue of the last installment above half a minor unit an installment is spread over all: at most 3 rounds. */
  smoothing: z.boolean(),
});

/** The nominal rate per year: one, or those of an index with what the lender adds; a rate holds from its day on. */
const rateTermsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), perYear: rateTextSchema }),
  z.strictObject({
    kind: z.literal('floating'),
    index: z.string().min(1).max(40),
    margin: rateTextSchema,
    /** The index as it stood when the terms were agreed; later fixings are rate changes of the loan. */
    table: z.array(z.strictObject({ from: businessDateSchema, perYear: rateTextSchema })).min(1),
  }),
]);

/**
 * The market's day counts, and the nominal ones of loans: every period of n months is n × 30 days (of n weeks n × 7)
 * whatever the calendar says, over a year of 360, 364, 365 or its actual days; a part of a period counts by its actual
 * days over those of the period.
 */
export const LOAN_DAY_COUNTS = [
  ...DAY_COUNTS,
  'nominal-30/360',
  'nominal-30/364',
  'nominal-30/365',
  'nominal-30/act',
] as const;
export type LoanDayCount = (typeof LOAN_DAY_COUNTS)[number];

const interestTermsSchema = z.strictObject({
  method: z.enum(['declining-balance', 'flat']),
  /** Daily: by the day count. Per period: rate/12 a month, rate/52 a week, whatever the days. */
  calculation: z.enum(['daily', 'per-period']),
  dayCount: z.enum(LOAN_DAY_COUNTS),
  /** ACT/ACT: where a period over New Year is split. 31 December: that day's interest is the new year's. */
  yearSplit: yearSplitSchema,
  /** How long a year of actual days is: as in the calendar, 366 only for periods with a 29 February, or 365. */
  yearLength: z.enum(['calendar', 'february-29-periods', 'fixed-365']),
  /** Per period only: whether a broken period is charged by its days, or not at all for what came inside it. */
  partialPeriods: z.boolean(),
});

const amortizationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('equal-installments') }),
  z.strictObject({ kind: z.literal('equal-principal') }),
  /** Interest each period, all principal with the last. */
  z.strictObject({ kind: z.literal('interest-only') }),
  /** Principal and all interest with the last. */
  z.strictObject({ kind: z.literal('bullet') }),
  /** So much of the principal with each installment, the rest with the last. */
  z.strictObject({ kind: z.literal('balloon'), share: shareTextSchema }),
  /** Equal installments that leave this amount for the last. */
  z.strictObject({ kind: z.literal('balloon-amount'), amount: amountTextSchema }),
  z.strictObject({ kind: z.literal('fixed-installment'), amount: amountTextSchema }),
  /** The principal of each installment, by hand; Σ = principal. */
  z.strictObject({ kind: z.literal('hand-made'), principal: z.array(amountTextSchema).min(1) }),
]);

const dueDateTermsSchema = z.strictObject({
  period: periodSchema,
  monthEnd: monthEndSchema,
  /** What due dates are counted from. */
  countedFrom: z.enum(['disbursement', 'submission']),
  /** Due dates that are no business days of this calendar move; the calendar's version stays with the contract. */
  calendar: z.strictObject({
    name: z
      .string()
      .regex(/^[A-Z]{2,12}@\d{4}\.\d+$/, 'a calendar and its version such as "CN@2026.1"')
      .optional(),
    adjustment: adjustmentSchema,
  }),
});

/** How many of the first installments ask for no principal, put interest off, or bear none. */
const graceTermsSchema = z.strictObject({
  principal: z.int().min(0).max(360),
  interest: z.int().min(0).max(360),
  interestFree: z.int().min(0).max(360),
});

const trancheTermsSchema = z.strictObject({
  /** Whether there may be more than one disbursement. */
  several: z.boolean(),
  /** What has been repaid may be drawn again while the loan lasts. Absent: no. */
  revolving: z.boolean().optional(),
  /** Each tranche runs over the full number of installments from its own disbursement. */
  fullTerm: z.boolean(),
});

const downPaymentSchema = z.strictObject({ share: shareTextSchema, automatic: z.boolean() });

/** What happens to interest when payments are early or late. Absent: the plan stays as it was made. */
const recalculationSchema = z.strictObject({
  /**
   * Where a payment in advance is felt. The last installments shrink by the interest that is saved; all that are left
   * are lower, as many as they were; there are fewer, each as it was: what the running one leaves pays the last ones,
   * whatever the allocation says of money in advance; or the next ones shrink.
   */
  onAdvancePayment: z.enum(['shrink-the-end', 'lower-the-installment', 'fewer-installments', 'next-installments']),
  /** How far interest goes in a payoff: to its day, or to the next rest date. */
  payoffUntil: z.enum(['payoff-date', 'rest-date']),
  rest: z.strictObject({ frequency: z.enum(['daily', 'per-installment', 'weekly', 'monthly']), every: z.int().min(1) }),
  /**
   * Interest on interest: never, unless the contract says so. Interest, or fees, that are overdue then bear interest at
   * the contract's rate until they are paid, and what they bear does so in turn once it is overdue.
   */
  compounding: z.enum(['none', 'interest', 'fee', 'interest-and-fee']),
  /** Whether overdue principal goes on bearing interest at the contract's rate. */
  overduePrincipalBearsInterest: z.boolean(),
});

const penaltyTermsSchema = z.strictObject({
  /** Simple interest per year on overdue principal, ACT/365, from the due date once the grace days are over. */
  ratePerYear: rateTextSchema,
  graceDays: z.int().min(0).max(60),
});

/**
 * The conventions by which a loan's figures are made, all of them named. They travel with the contract: a changed
 * product never changes an old loan.
 */
export const loanTermsSchema = z.strictObject({
  version: z.literal(2),
  currency: currencySchema,
  rounding: roundingTermsSchema,
  rate: rateTermsSchema,
  interest: interestTermsSchema,
  amortization: amortizationSchema,
  /**
   * Progressive: each period's own rate makes the installment, what happens in a period changes that period and what
   * follows. Cumulative: periods are planned one after the other from the balance they start with, as older systems do.
   */
  planning: z.enum(['progressive', 'cumulative']),
  dueDates: dueDateTermsSchema,
  grace: graceTermsSchema,
  tranches: trancheTermsSchema,
  downPayment: downPaymentSchema.optional(),
  recalculation: recalculationSchema.optional(),
  allocation: allocationRulesSchema,
  /** What a chargeback makes owed again first; absent: all of it is principal. */
  chargebackOrder: z.array(z.enum(ALLOCATED_PORTIONS)).length(ALLOCATED_PORTIONS.length).optional(),
  charges: z.array(chargeSchema),
  penalty: penaltyTermsSchema,
  /** What a charge-off does to what is still planned. */
  chargeOff: z.enum(['regular', 'zero-interest', 'accelerate-maturity']),
  /** How its loans are in the books. Absent: on the accrual basis, suspended beyond 90 days past due. */
  accounting: accountingTermsSchema.optional(),
});

export type LoanTerms = Readonly<z.infer<typeof loanTermsSchema>>;
