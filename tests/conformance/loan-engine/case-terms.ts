import { z } from 'zod';
import { currencySchema } from '../../../domain/kernel';

/** A figure as case files write it: text, or a bare number for small ones. */
export const figureSchema = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d+(\.\d+)?$/, 'a decimal figure'));

export const spanSchema = z.strictObject({
  length: z.int().min(1),
  unit: z.enum(['DAYS', 'WEEKS', 'MONTHS', 'YEARS']),
});
export type CaseSpan = z.infer<typeof spanSchema>;

const dateSchema = z.iso.date();

const STATES = ['PAST_DUE', 'DUE', 'IN_ADVANCE'] as const;
const PORTIONS = ['PENALTY', 'FEE', 'PRINCIPAL', 'INTEREST'] as const;
type Bucket = `${(typeof STATES)[number]}_${(typeof PORTIONS)[number]}`;
const BUCKETS = STATES.flatMap((state) => PORTIONS.map((portion): Bucket => `${state}_${portion}`));
const bucketSchema = z.enum(BUCKETS as [Bucket, ...Bucket[]]);
export type CaseBucket = z.infer<typeof bucketSchema>;

export const CASE_CREDITS = {
  REPAYMENT: 'repayment',
  DOWN_PAYMENT: 'down-payment',
  MERCHANT_ISSUED_REFUND: 'merchant-refund',
  PAYOUT_REFUND: 'payout-refund',
  GOODWILL_CREDIT: 'goodwill-credit',
  INTEREST_PAYMENT_WAIVER: 'interest-payment-waiver',
  INTEREST_REFUND: 'interest-refund',
  CHARGE_ADJUSTMENT: 'charge-adjustment',
  RECOVERY_REPAYMENT: 'recovery',
  CAPITALIZED_INCOME_ADJUSTMENT: 'capitalized-income-adjustment',
} as const;
export type CaseCredit = keyof typeof CASE_CREDITS;
const CREDITS = Object.keys(CASE_CREDITS) as [CaseCredit, ...CaseCredit[]];

const paymentAllocationSchema = z.strictObject({
  transactionType: z.enum(['DEFAULT', ...CREDITS]),
  futureInstallmentAllocationRule: z.enum([
    'NEXT_INSTALLMENT',
    'LAST_INSTALLMENT',
    'REAMORTIZATION',
    'NEXT_LAST_INSTALLMENT',
  ]),
  order: z.array(bucketSchema).length(BUCKETS.length),
});

const portionSchema = z.enum(PORTIONS);

/** The order in which a chargeback re-opens portions: bare, or said of the type of transaction. */
const creditAllocationSchema = z.union([
  z.array(portionSchema).length(PORTIONS.length),
  z
    .array(
      z.strictObject({
        transactionType: z.enum(['CHARGEBACK']),
        order: z.array(portionSchema).length(PORTIONS.length),
      }),
    )
    .max(1)
    .transform(([rule]) => rule?.order),
]);

/** Whole-loan orders of the classic engine, by the source's names. */
export const CASE_STRATEGIES = {
  PENALTIES_FEES_INTEREST_PRINCIPAL_ORDER: 'penalties-fees-interest-principal',
  PENALTIES_FEES_PRINCIPAL_INTEREST_ORDER: 'penalties-fees-principal-interest',
  PRINCIPAL_INTEREST_PENALTIES_FEES_ORDER: 'principal-interest-penalties-fees',
  INTEREST_PRINCIPAL_PENALTIES_FEES_ORDER: 'interest-principal-penalties-fees',
  DUE_PENALTY_FEE_INTEREST_PRINCIPAL_IN_ADVANCE_PRINCIPAL_PENALTY_FEE_INTEREST:
    'due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest',
  DUE_PENALTY_INTEREST_PRINCIPAL_FEE_IN_ADVANCE_PENALTY_INTEREST_PRINCIPAL_FEE:
    'due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee',
} as const;
type CaseStrategy = keyof typeof CASE_STRATEGIES;
const STRATEGIES = Object.keys(CASE_STRATEGIES) as [CaseStrategy, ...CaseStrategy[]];

const recalculationSchema = z.strictObject({
  preClosure: z.enum(['TILL_PRE_CLOSE_DATE', 'TILL_REST_FREQUENCY_DATE']),
  onAdvancePayment: z.enum([
    'ADJUST_LAST_UNPAID_PERIOD',
    'REDUCE_EMI_AMOUNT',
    'REDUCE_NUMBER_OF_INSTALLMENTS',
    'RESCHEDULE_NEXT_REPAYMENTS',
  ]),
  /** Interest on interest is not charged by any of the house's plannings. */
  compounding: z.enum(['NONE']),
  restFrequency: z.enum(['DAILY', 'SAME_AS_REPAYMENT', 'WEEKLY', 'MONTHLY']),
  restInterval: z.int().min(1),
  noInterestOnPastDuePrincipal: z.boolean().optional(),
});

export const productChargeSchema = z.strictObject({
  charge: z.string().min(1),
  penalty: z.boolean(),
  time: z.enum(['PER_INSTALLMENT', 'SPECIFIED_DUE_DATE', 'OVERDUE', 'DISBURSEMENT', 'TRANCHE']),
  calculation: z.enum(['FLAT', 'PERCENT_OF_PRINCIPAL', 'PERCENT_OF_INTEREST', 'PERCENT_OF_PRINCIPAL_PLUS_INTEREST']),
  amount: figureSchema.optional(),
  percent: figureSchema.optional(),
});
export type ProductCharge = z.infer<typeof productChargeSchema>;

/**
 * Every term that this runner knows, with every value it knows of it. What is not in here is a knob that is missing:
 * never something to overlook.
 */
export const caseTermsSchema = z.strictObject({
  productKey: z.string().optional(),
  principal: figureSchema.optional(),
  currency: currencySchema.optional(),
  decimals: z.int().min(0).max(3).optional(),
  ratePercent: figureSchema,
  rateFrequency: z.enum(['YEAR', 'MONTH']).default('YEAR'),
  interestMethod: z.enum(['DECLINING_BALANCE', 'FLAT']),
  amortization: z.enum(['EQUAL_INSTALLMENTS', 'EQUAL_PRINCIPAL']),
  interestCalculationPeriod: z.enum(['DAILY', 'SAME_AS_REPAYMENT_PERIOD']),
  daysInMonth: z.enum(['30', 'ACTUAL']).optional(),
  daysInYear: z.enum(['360', '364', '365', 'ACTUAL']).optional(),
  dayCount: z.enum(['30/360', '30/364', '30/365', '30/ACT', 'ACT/360', 'ACT/364', 'ACT/365', 'ACT/ACT']).optional(),
  daysInYearCustomStrategy: z.enum(['FEB_29_PERIOD_ONLY', 'FULL_LEAP_YEAR']).optional(),
  interestRecognitionOnDisbursementDate: z.boolean().default(false),
  scheduleType: z.enum(['PROGRESSIVE', 'CUMULATIVE']),
  term: spanSchema.optional(),
  repayEvery: spanSchema,
  numberOfRepayments: z.int().min(1),
  submittedOn: dateSchema.optional(),
  expectedDisbursementDate: dateSchema.optional(),
  repaymentStartDateType: z.enum(['DISBURSEMENT_DATE', 'SUBMITTED_ON_DATE']).default('DISBURSEMENT_DATE'),
  fixedLength: z.union([z.int().min(1), spanSchema]).optional(),
  installmentMultipleOf: figureSchema.optional(),
  currencyMultipleOf: figureSchema.optional(),
  allowPartialPeriodInterest: z.boolean().optional(),
  /** Of money; of what is carried on the way too, where the two are told apart. */
  rounding: z
    .string()
    .regex(/^(HALF_EVEN|HALF_UP)$|\b(HALF_EVEN|HALF_UP) \(money\)/)
    .default('HALF_EVEN'),
  graceOnPrincipalPayments: z.int().min(0).default(0),
  graceOnInterestPayments: z.int().min(0).default(0),
  interestFreePeriods: z.int().min(0).default(0),
  fixedPrincipalPercentPerInstallment: figureSchema.optional(),
  monthEndDueDateStrategy: z.enum(['LAST_DAY_OF_MONTH', 'FIRST_DAY_OF_NEXT_MONTH']).optional(),
  downPayment: z.strictObject({ percent: figureSchema, auto: z.boolean() }).optional(),
  multiDisburse: z.boolean().default(false),
  expectedTranches: z.array(z.strictObject({ date: dateSchema, amount: figureSchema })).optional(),
  fullTermForTranche: z.boolean().default(false),
  interestRecalculation: recalculationSchema.optional(),
  allocationStrategy: z.enum(['ADVANCED_PAYMENT_ALLOCATION', ...STRATEGIES]).optional(),
  paymentAllocation: z.array(paymentAllocationSchema).optional(),
  scheduleProcessing: z.enum(['HORIZONTAL', 'VERTICAL']).default('HORIZONTAL'),
  creditAllocation: creditAllocationSchema.optional(),
  /** How it becomes income is accounting; that it is lent is what the loan knows of it. */
  capitalizedIncome: z.unknown().optional(),
  interestRefundOn: z.array(z.enum(['MERCHANT_ISSUED_REFUND', 'PAYOUT_REFUND'])).default([]),
  chargeOffBehaviour: z.enum(['REGULAR', 'ZERO_INTEREST', 'ACCELERATE_MATURITY']).default('REGULAR'),
  productCharges: z.array(productChargeSchema).default([]),
  accounting: z.enum(['NONE', 'CASH', 'ACCRUAL_PERIODIC', 'ACCRUAL_UPFRONT']).optional(),
  accrualActivityPosting: z.boolean().optional(),
  periods: z.array(z.strictObject({ n: z.int(), from: dateSchema, due: dateSchema })).optional(),
});

export type CaseTerms = z.infer<typeof caseTermsSchema>;
