import fc from 'fast-check';
import type { Day } from '../../domain/calendar';
import { businessDate, type Currency, formatMinor } from '../../domain/kernel';
import { LOAN_DAY_COUNTS, type LoanTerms } from '../../domain/schedule/loan-terms';
import type { LoanAgreement, PlannedDisbursement } from '../../domain/schedule/replay';
import { START, termsWith } from './progressive-loans';

/** A loan as it may be agreed, paid out in one sum on the day that its dates are counted from. */
export interface AgreedLoan {
  readonly terms: LoanTerms;
  readonly agreement: LoanAgreement;
  readonly payout: PlannedDisbursement;
}

/** Mostly the plain choice, now and then another. */
const rarely = <T>(plain: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.constantFrom(plain, plain, plain, ...others);

const interests = fc.record({
  method: rarely<LoanTerms['interest']['method']>('declining-balance', 'flat'),
  calculation: rarely<LoanTerms['interest']['calculation']>('daily', 'per-period'),
  dayCount: fc.constantFrom(...LOAN_DAY_COUNTS),
  yearSplit: fc.constantFrom<LoanTerms['interest']['yearSplit'][]>('31-december', '1-january'),
  yearLength: fc.constantFrom<LoanTerms['interest']['yearLength'][]>('calendar', 'february-29-periods', 'fixed-365'),
  partialPeriods: fc.boolean(),
});

const dueDates: fc.Arbitrary<LoanTerms['dueDates']> = fc.record({
  period: fc.constantFrom<LoanTerms['dueDates']['period'][]>(
    { every: 1, unit: 'months' },
    { every: 1, unit: 'months' },
    { every: 3, unit: 'months' },
    { every: 2, unit: 'weeks' },
    { every: 10, unit: 'days' },
    { every: 1, unit: 'years' },
  ),
  monthEnd: fc.constantFrom<LoanTerms['dueDates']['monthEnd'][]>(
    'clip',
    'last-day-of-month',
    'first-day-of-next-month',
  ),
  countedFrom: fc.constant('disbursement'),
  calendar: rarely<LoanTerms['dueDates']['calendar']>(
    { adjustment: 'none' },
    { name: 'CN@2026.1', adjustment: 'following' },
    { name: 'TARGET@2002.1', adjustment: 'preceding' },
    { name: 'US@2021.1', adjustment: 'modified-following' },
  ),
});

const graces = fc.record({
  principal: rarely(0, 1, 3),
  interest: rarely(0, 1, 4),
  interestFree: rarely(0, 2),
});

const rates: fc.Arbitrary<LoanTerms['rate']> = fc
  .record({
    perYear: fc.integer({ min: 0, max: 3_600 }).map((points) => `${points / 10_000}`),
    floats: rarely(false, true),
  })
  .map(({ perYear, floats }) =>
    floats
      ? {
          kind: 'floating',
          index: 'LPR',
          margin: '0.01',
          table: [
            { from: businessDate('2026-01-01'), perYear },
            { from: businessDate('2026-09-11'), perYear: '0.05' },
            { from: businessDate('2028-02-10'), perYear: '0.03' },
          ],
        }
      : { kind: 'fixed', perYear },
  );

const SHAPES = [
  'equal-installments',
  'equal-principal',
  'interest-only',
  'bullet',
  'balloon',
  'balloon-amount',
  'fixed-installment',
  'hand-made',
] as const satisfies readonly LoanTerms['amortization']['kind'][];

interface Sum {
  readonly currency: Currency;
  readonly principal: bigint;
  readonly installments: number;
}

const amortizationOf = (
  kind: (typeof SHAPES)[number],
  { currency, principal, installments }: Sum,
): LoanTerms['amortization'] => {
  const even = principal / BigInt(installments);
  switch (kind) {
    case 'balloon':
      return { kind, share: '0.02' };
    case 'balloon-amount':
      return { kind, amount: formatMinor(principal / 3n, currency) };
    case 'fixed-installment':
      return { kind, amount: formatMinor(even + even / 4n + 1n, currency) };
    case 'hand-made': {
      const last = principal - even * BigInt(installments - 1);
      const parts = Array.from({ length: installments }, (_, index) => (index === installments - 1 ? last : even));
      return { kind, principal: parts.map((part) => formatMinor(part, currency)) };
    }
    default:
      return { kind };
  }
};

/** ACT/ACT ICMA wants periods that divide a year: days do not. */
const withoutIcma = (interest: LoanTerms['interest']): LoanTerms['interest'] =>
  interest.dayCount === 'act/act-icma' ? { ...interest, dayCount: 'act/act-isda' } : interest;

/** Whatever terms there can be: every day count, shape, period, grace, calendar, rounding and number of decimals. */
export const agreedLoans: fc.Arbitrary<AgreedLoan> = fc
  .record({
    rate: rates,
    interest: interests,
    dueDates,
    grace: graces,
    shape: fc.constantFrom<(typeof SHAPES)[number][]>(...SHAPES, 'equal-installments', 'equal-installments'),
    mode: fc.constantFrom<LoanTerms['rounding']['mode'][]>('HALF_EVEN', 'HALF_UP', 'DOWN', 'UP'),
    smoothing: fc.boolean(),
    amountMultiple: rarely<bigint | undefined>(undefined, 5n),
    installmentMultiple: rarely<bigint | undefined>(undefined, 100n),
    paidDown: rarely<string | undefined>(undefined, '0.25'),
    currency: fc.constantFrom<Currency[]>('CNY', 'CNY', 'KWD', 'JPY'),
    principal: fc.bigInt({ min: 100n, max: 500_000_000n }),
    installments: fc.integer({ min: 1, max: 60 }),
    start: fc.integer({ min: 0, max: 800 }).map((days): Day => START + days),
    firstPeriod: rarely<number | undefined>(undefined, 10, 45),
  })
  .map(({ rate, interest, dueDates: dates, grace, shape, currency, principal, installments, start, ...other }) => {
    const multiple = (minor: bigint | undefined, name: string): object =>
      minor === undefined ? {} : { [name]: formatMinor(minor, currency) };
    return {
      terms: termsWith({
        currency,
        rate,
        interest: dates.period.unit === 'days' ? withoutIcma(interest) : interest,
        dueDates: dates,
        grace,
        rounding: {
          mode: other.mode,
          smoothing: other.smoothing,
          ...multiple(other.amountMultiple, 'amountMultiple'),
          ...multiple(other.installmentMultiple, 'installmentMultiple'),
        },
        amortization: amortizationOf(shape, { currency, principal, installments }),
        ...(other.paidDown !== undefined && { downPayment: { share: other.paidDown, automatic: false } }),
      }),
      agreement: {
        principal,
        installments,
        submittedOn: start,
        ...(other.firstPeriod !== undefined && { firstDueOn: start + other.firstPeriod }),
      },
      payout: { on: start, amount: principal },
    };
  });
