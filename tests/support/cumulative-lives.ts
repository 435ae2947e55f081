import fc from 'fast-check';
import { CLASSIC, day, RECALCULATED } from '../../domain/schedule/cumulative/terms.fixture';
import type { LoanTerms } from '../../domain/schedule/loan-terms';
import type { LoanFact } from '../../domain/schedule/replay';

export const START = day('2023-01-31');

export const share = fc.integer({ min: 0, max: 4000 }).map((bp) => `0.${String(bp).padStart(4, '0')}`);
const period = fc.record({
  every: fc.integer({ min: 1, max: 3 }),
  unit: fc.constantFrom('days' as const, 'weeks' as const, 'months' as const),
});
const amortization = fc.constantFrom<LoanTerms['amortization']>(
  { kind: 'equal-installments' },
  { kind: 'equal-principal' },
  { kind: 'interest-only' },
  { kind: 'bullet' },
  { kind: 'balloon', share: '0.05' },
  { kind: 'balloon-amount', amount: '100.00' },
  { kind: 'fixed-installment', amount: '150.00' },
);

type Period = LoanTerms['dueDates']['period'];
type LoanDayCount = LoanTerms['interest']['dayCount'];

/** ACT/ACT ICMA wants periods that divide a year. */
const countedIn = ({ every, unit }: Period, dayCount: LoanDayCount): LoanDayCount => {
  const isEven = { days: 365, weeks: 52, months: 12, years: 1 }[unit] % every === 0;
  return dayCount === 'act/act-icma' && !isEven ? 'act/act-isda' : dayCount;
};

/** Terms of every kind that a loan planned period by period can have. */
export const terms = fc
  .record({
    rate: share,
    method: fc.constantFrom('declining-balance' as const, 'flat' as const),
    calculation: fc.constantFrom('daily' as const, 'per-period' as const),
    dayCount: fc.constantFrom(
      'nominal-30/360' as const,
      'act/360' as const,
      'act/365f' as const,
      'act/act-isda' as const,
      'act/act-icma' as const,
    ),
    yearLength: fc.constantFrom('fixed-365' as const, 'calendar' as const),
    partialPeriods: fc.boolean(),
    amortization,
    period,
    multiple: fc.constantFrom(undefined, '1', '10'),
    grace: fc.record({
      principal: fc.integer({ min: 0, max: 2 }),
      interest: fc.integer({ min: 0, max: 2 }),
      interestFree: fc.integer({ min: 0, max: 2 }),
    }),
    down: fc.constantFrom(undefined, '0.25'),
  })
  .map(
    ({ amortization: shape, down, grace, multiple, period: every, rate, ...interest }): LoanTerms => ({
      ...CLASSIC,
      rounding: {
        mode: 'HALF_EVEN',
        smoothing: false,
        ...(multiple !== undefined && { installmentMultiple: multiple }),
      },
      rate: { kind: 'fixed', perYear: rate },
      interest: { ...interest, dayCount: countedIn(every, interest.dayCount), yearSplit: '31-december' },
      amortization: shape,
      dueDates: { ...CLASSIC.dueDates, period: every },
      grace,
      ...(down !== undefined && { downPayment: { share: down, automatic: false } }),
    }),
  );

const compounding = fc.constantFrom('none', 'none', 'interest', 'fee', 'interest-and-fee');

/** Lives of such loans: money that comes in, and charges. */
export const lives = fc
  .record({
    chosen: fc.tuple(terms, fc.boolean(), compounding).map(
      ([one, isRecalculated, how]): LoanTerms => ({
        ...one,
        ...(isRecalculated &&
          RECALCULATED.recalculation && { recalculation: { ...RECALCULATED.recalculation, compounding: how } }),
      }),
    ),
    amount: fc.bigInt(10_000n, 1_000_000n),
    count: fc.integer({ min: 1, max: 8 }),
    money: fc.array(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.bigInt(1n, 300_000n)), { maxLength: 6 }),
    charges: fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 99 })), { maxLength: 2 }),
    asOf: fc.integer({ min: 0, max: 150 }),
  })
  .map(({ amount, charges, ...life }) => ({
    ...life,
    amount,
    facts: [
      { kind: 'disbursement', id: 'a', on: START, knownOn: START, amount } satisfies LoanFact,
      ...life.money.map(
        ([after, paid], index): LoanFact => ({
          kind: 'credit',
          credit: 'repayment',
          id: `m${index}`,
          on: START + after,
          knownOn: START + after,
          amount: paid,
        }),
      ),
      ...charges.map(
        ([after, fee], index): LoanFact => ({
          kind: 'charge',
          charge: 'fee',
          id: `c${index}`,
          on: START,
          knownOn: START,
          dueOn: START + after,
          calculation: { kind: 'flat', amount: `${fee}.00` },
        }),
      ),
    ],
  }));
