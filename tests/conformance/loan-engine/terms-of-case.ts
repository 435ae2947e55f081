import { addMonthsTo, type Day } from '../../../domain/calendar';
import { type Currency, minorDigits } from '../../../domain/kernel';
import type { AllocationRules, Charge, LoanTerms } from '../../../domain/schedule/loan-terms';
import type { LoanAgreement } from '../../../domain/schedule/replay';
import {
  CASE_CREDITS,
  CASE_STRATEGIES,
  type CaseBucket,
  type CaseSpan,
  type CaseTerms,
  type ProductCharge,
} from './case-terms';
import { day, minorOf, shareOf, withDecimals, yearlyRateOf } from './figures';

const UNITS = { DAYS: 'days', WEEKS: 'weeks', MONTHS: 'months', YEARS: 'years' } as const;

const CURRENCY_WITH: Readonly<Record<number, Currency>> = { 0: 'JPY', 2: 'EUR', 3: 'KWD' };

export const decimalsOf = (terms: CaseTerms): number => terms.decimals ?? 2;

/** The case's currency; where a case counts it with other decimals than its own, a currency that has those. */
const currencyOf = (terms: CaseTerms): Currency => {
  const decimals = decimalsOf(terms);
  const { currency } = terms;
  return currency !== undefined && minorDigits(currency) === decimals ? currency : (CURRENCY_WITH[decimals] ?? 'EUR');
};

export const periodOf = ({ length, unit }: CaseSpan) => ({ every: length, unit: UNITS[unit] });

/** The conventions of the contract that a case's terms ask for. */
export const loanTermsOf = (terms: CaseTerms): LoanTerms => ({
  version: 2,
  currency: currencyOf(terms),
  rounding: roundingOf(terms),
  rate: { kind: 'fixed', perYear: yearlyRateOf(terms.ratePercent, terms.rateFrequency) },
  interest: interestOf(terms),
  amortization: amortizationOf(terms),
  planning: terms.scheduleType === 'PROGRESSIVE' ? 'progressive' : 'cumulative',
  dueDates: {
    period: periodOf(terms.repayEvery),
    monthEnd: monthEndOf(terms),
    countedFrom: terms.repaymentStartDateType === 'SUBMITTED_ON_DATE' ? 'submission' : 'disbursement',
    calendar: { adjustment: 'none' },
  },
  grace: {
    principal: terms.graceOnPrincipalPayments,
    interest: terms.graceOnInterestPayments,
    interestFree: terms.interestFreePeriods,
  },
  tranches: { several: terms.multiDisburse, fullTerm: terms.fullTermForTranche },
  ...(terms.downPayment && {
    downPayment: { share: shareOf(terms.downPayment.percent), automatic: terms.downPayment.auto },
  }),
  ...recalculationOf(terms),
  allocation: allocationOf(terms),
  ...(terms.creditAllocation && { chargebackOrder: terms.creditAllocation.map((portion) => PORTIONS[portion]) }),
  charges: terms.productCharges.map((charge) => chargeOf(charge, decimalsOf(terms))),
  penalty: { ratePerYear: '0', graceDays: 0 },
  chargeOff: CHARGE_OFF[terms.chargeOffBehaviour],
});

const CHARGE_OFF = {
  REGULAR: 'regular',
  ZERO_INTEREST: 'zero-interest',
  ACCELERATE_MATURITY: 'accelerate-maturity',
} as const;

const roundingOf = (terms: CaseTerms): LoanTerms['rounding'] => {
  const decimals = decimalsOf(terms);
  return {
    mode: /^HALF_UP$|HALF_UP \(money\)/.test(terms.rounding) ? 'HALF_UP' : 'HALF_EVEN',
    // The source minds a currency's multiple only where the currency has no decimals.
    ...(terms.currencyMultipleOf &&
      decimals === 0 && { amountMultiple: withDecimals(terms.currencyMultipleOf, decimals) }),
    ...(terms.installmentMultipleOf && { installmentMultiple: withDecimals(terms.installmentMultipleOf, decimals) }),
    smoothing: terms.scheduleType === 'PROGRESSIVE',
  };
};

const interestOf = (terms: CaseTerms): LoanTerms['interest'] => ({
  method: terms.interestMethod === 'FLAT' ? 'flat' : 'declining-balance',
  calculation: terms.interestCalculationPeriod === 'DAILY' ? 'daily' : 'per-period',
  dayCount: dayCountOf(terms),
  yearSplit: terms.interestRecognitionOnDisbursementDate ? '1-january' : '31-december',
  yearLength: yearLengthOf(terms),
  partialPeriods: terms.allowPartialPeriodInterest ?? false,
});

/** The source's months of 30 days count whole months as such, and parts of them by their share of the days. */
const DAY_COUNTS = {
  '30/360': 'nominal-30/360',
  '30/364': 'nominal-30/364',
  '30/365': 'nominal-30/365',
  '30/ACT': 'nominal-30/act',
  'ACT/360': 'act/360',
  'ACT/364': 'act/364',
  'ACT/365': 'act/365f',
  'ACT/ACT': 'act/act-isda',
} as const;

/** The pair of month and year as one word; the two keys stand for it where it is not stated. */
export const dayCountWordOf = (terms: CaseTerms): string => {
  if (terms.dayCount !== undefined) return terms.dayCount;
  const short = (part: string | undefined) => (part === undefined || part === 'ACTUAL' ? 'ACT' : part);
  return `${short(terms.daysInMonth)}/${short(terms.daysInYear)}`;
};

export const isKnownDayCount = (word: string): word is keyof typeof DAY_COUNTS => Object.hasOwn(DAY_COUNTS, word);

const dayCountOf = (terms: CaseTerms): LoanTerms['interest']['dayCount'] => {
  const word = dayCountWordOf(terms);
  if (!isKnownDayCount(word)) throw new Error(`no case with the day count ${word} is selected`);
  return DAY_COUNTS[word];
};

/** The classic planning reads "actual" as a fixed 365 (convention 11), the modern one as the calendar has it. */
const yearLengthOf = (terms: CaseTerms): LoanTerms['interest']['yearLength'] => {
  if (terms.scheduleType === 'CUMULATIVE') return 'fixed-365';
  return terms.daysInYearCustomStrategy === 'FEB_29_PERIOD_ONLY' ? 'february-29-periods' : 'calendar';
};

const amortizationOf = (terms: CaseTerms): LoanTerms['amortization'] => {
  if (terms.fixedPrincipalPercentPerInstallment !== undefined) {
    return { kind: 'balloon', share: shareOf(terms.fixedPrincipalPercentPerInstallment) };
  }
  return { kind: terms.amortization === 'EQUAL_PRINCIPAL' ? 'equal-principal' : 'equal-installments' };
};

/** LAST_DAY_OF_MONTH is the source's name for clipping: 31 Jan, 28 Feb, 31 Mar; 28 Feb stays the 28th of March. */
const monthEndOf = ({ monthEndDueDateStrategy }: CaseTerms): LoanTerms['dueDates']['monthEnd'] =>
  monthEndDueDateStrategy === 'FIRST_DAY_OF_NEXT_MONTH' ? 'first-day-of-next-month' : 'clip';

const ON_ADVANCE = {
  ADJUST_LAST_UNPAID_PERIOD: 'shrink-the-end',
  REDUCE_EMI_AMOUNT: 'lower-the-installment',
  REDUCE_NUMBER_OF_INSTALLMENTS: 'fewer-installments',
  RESCHEDULE_NEXT_REPAYMENTS: 'next-installments',
} as const;
const REST = { DAILY: 'daily', SAME_AS_REPAYMENT: 'per-installment', WEEKLY: 'weekly', MONTHLY: 'monthly' } as const;
const COMPOUNDING = { NONE: 'none' } as const;

const recalculationOf = ({ interestRecalculation: rule }: CaseTerms): Pick<LoanTerms, 'recalculation'> =>
  rule === undefined
    ? {}
    : {
        recalculation: {
          onAdvancePayment: ON_ADVANCE[rule.onAdvancePayment],
          payoffUntil: rule.preClosure === 'TILL_PRE_CLOSE_DATE' ? 'payoff-date' : 'rest-date',
          rest: { frequency: REST[rule.restFrequency], every: rule.restInterval },
          compounding: COMPOUNDING[rule.compounding],
          overduePrincipalBearsInterest: rule.noInterestOnPastDuePrincipal !== true,
        },
      };

const IN_ADVANCE = {
  NEXT_INSTALLMENT: 'next-installment',
  LAST_INSTALLMENT: 'last-installment',
  REAMORTIZATION: 'reamortize',
  NEXT_LAST_INSTALLMENT: 'running-then-last',
} as const;
const STATES = { PAST_DUE: 'past-due', DUE: 'due', IN_ADVANCE: 'in-advance' } as const;
const PORTIONS = { PENALTY: 'penalty', FEE: 'fee', PRINCIPAL: 'principal', INTEREST: 'interest' } as const;

/** Convention 19. */
const DEFAULT_ORDER: readonly CaseBucket[] = (['PAST_DUE', 'DUE', 'IN_ADVANCE'] as const).flatMap((state) =>
  (['PENALTY', 'FEE', 'PRINCIPAL', 'INTEREST'] as const).map((portion): CaseBucket => `${state}_${portion}`),
);

const bucketOf = (bucket: CaseBucket) => {
  const cut = bucket.lastIndexOf('_');
  return {
    state: STATES[bucket.slice(0, cut) as keyof typeof STATES],
    portion: PORTIONS[bucket.slice(cut + 1) as keyof typeof PORTIONS],
  };
};

const allocationOf = (terms: CaseTerms): AllocationRules => {
  const strategy = terms.allocationStrategy ?? (terms.scheduleType === 'CUMULATIVE' ? CLASSIC : ADVANCED);
  if (strategy !== ADVANCED) return { kind: 'named', strategy: CASE_STRATEGIES[strategy] };
  const rules = terms.paymentAllocation ?? [
    { transactionType: 'DEFAULT', futureInstallmentAllocationRule: 'NEXT_INSTALLMENT', order: DEFAULT_ORDER },
  ];
  return {
    kind: 'by-order',
    processing: terms.scheduleProcessing === 'VERTICAL' ? 'vertical' : 'horizontal',
    orders: rules.map(({ transactionType, futureInstallmentAllocationRule, order }) => ({
      ...(transactionType !== 'DEFAULT' && { credit: CASE_CREDITS[transactionType] }),
      order: order.map(bucketOf),
      inAdvance: IN_ADVANCE[futureInstallmentAllocationRule],
    })),
  };
};

const ADVANCED = 'ADVANCED_PAYMENT_ALLOCATION';
const CLASSIC = 'PENALTIES_FEES_INTEREST_PRINCIPAL_ORDER';

const TIMES = {
  PER_INSTALLMENT: 'per-installment',
  SPECIFIED_DUE_DATE: 'specified-due-date',
  OVERDUE: 'overdue-installment',
  DISBURSEMENT: 'disbursement',
  TRANCHE: 'tranche',
} as const;
const SHARE_OF = {
  PERCENT_OF_PRINCIPAL: 'principal',
  PERCENT_OF_INTEREST: 'interest',
  PERCENT_OF_PRINCIPAL_PLUS_INTEREST: 'principal-and-interest',
} as const;

/** What a charge is worked out of, by the source's words. */
export const calculationOf = (
  charge: Pick<ProductCharge, 'calculation' | 'amount' | 'percent'>,
  decimals: number,
): Charge['calculation'] =>
  charge.calculation === 'FLAT'
    ? { kind: 'flat', amount: withDecimals(charge.amount ?? '0', decimals) }
    : { kind: 'share', of: SHARE_OF[charge.calculation], share: shareOf(charge.percent ?? charge.amount ?? '0') };

/** A charge of the terms. */
export const chargeOf = (charge: ProductCharge, decimals: number): Charge => ({
  name: charge.charge,
  kind: charge.penalty ? 'penalty' : 'fee',
  time: TIMES[charge.time],
  calculation: calculationOf(charge, decimals),
});

/** What was agreed for the case's loan, once its amount and its start are known. */
export const agreementOf = (terms: CaseTerms, amount: string, start: Day): LoanAgreement => {
  const decimals = decimalsOf(terms);
  return {
    principal: minorOf(amount, decimals),
    installments: terms.numberOfRepayments,
    submittedOn: terms.submittedOn === undefined ? start : day(terms.submittedOn),
    ...fixedLengthOf(terms, start),
    ...(terms.expectedTranches && {
      expectedTranches: terms.expectedTranches.map(({ date, amount: tranche }) => ({
        on: day(date),
        amount: minorOf(tranche, decimals),
      })),
    }),
  };
};

const DAYS_IN = { DAYS: 1, WEEKS: 7 } as const;
const MONTHS_IN = { MONTHS: 1, YEARS: 12 } as const;

/** A bare length counts in the unit of the repayments. */
const fixedLengthOf = (terms: CaseTerms, start: Day): Pick<LoanAgreement, 'fixedLengthDays'> => {
  if (terms.fixedLength === undefined) return {};
  const { length, unit } =
    typeof terms.fixedLength === 'number'
      ? { length: terms.fixedLength, unit: terms.repayEvery.unit }
      : terms.fixedLength;
  const days =
    unit === 'DAYS' || unit === 'WEEKS' ? length * DAYS_IN[unit] : addMonthsTo(start, length * MONTHS_IN[unit]) - start;
  return { fixedLengthDays: days };
};
