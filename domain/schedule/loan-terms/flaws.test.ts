import fc from 'fast-check';
import { agreedLoans } from '../../../tests/support/any-loan';
import { termsWith } from '../../../tests/support/progressive-loans';
import * as cumulative from '../cumulative';
import * as progressive from '../progressive';
import { ALLOCATED_PORTIONS, type CreditKind, DUE_STATES } from './allocation-rules';
import { flawOfTerms } from './flaws';
import type { LoanTerms } from './loan-terms';

const LOANS = { amount: { least: 100_000n, most: 500_000n }, installments: { least: 3, most: 36 } };
const plain = termsWith();
const BY_PERIODS = { planning: 'cumulative', rounding: { ...plain.rounding, smoothing: false } } as const;
const flawOf = (differing: Partial<LoanTerms>, loans = LOANS) => flawOfTerms(termsWith(differing), loans);

test('plain terms have none', () => {
  expect(flawOf({})).toBeUndefined();
});

test.each<readonly [string, Partial<LoanTerms>]>([
  ['terms.rounding: 0.005 is finer than CNY', { rounding: { ...plain.rounding, amountMultiple: '0.005' } }],
  ['terms.rounding: nothing is a multiple of nought', { rounding: { ...plain.rounding, installmentMultiple: '0' } }],
  [
    'terms.amortization: 1.5 is finer than JPY',
    { currency: 'JPY', amortization: { kind: 'fixed-installment', amount: '1.5' } },
  ],
  ['terms.amortization: an amount above nought', { amortization: { kind: 'fixed-installment', amount: '0.00' } }],
  [
    'terms.amortization: the balloon is more than the least that is lent',
    { amortization: { kind: 'balloon-amount', amount: '1000.01' } },
  ],
  [
    'terms.amortization: flat interest leaves no balloon of a given amount',
    { amortization: { kind: 'balloon-amount', amount: '10.00' }, interest: { ...plain.interest, method: 'flat' } },
  ],
  [
    'terms.dueDates: there is no calendar MOON@2026.1',
    { dueDates: { ...plain.dueDates, calendar: { name: 'MOON@2026.1', adjustment: 'following' } } },
  ],
  [
    'terms.dueDates: two due dates may meet on the business day after a holiday',
    {
      dueDates: {
        ...plain.dueDates,
        period: { every: 1, unit: 'weeks' },
        calendar: { name: 'CN@2026.1', adjustment: 'following' },
      },
    },
  ],
  [
    'terms.dueDates: ACT/ACT ICMA wants a whole number of periods a year',
    {
      dueDates: { ...plain.dueDates, period: { every: 5, unit: 'months' } },
      interest: { ...plain.interest, dayCount: 'act/act-icma' },
    },
  ],
  [
    'terms.grace: no installment of 3 is left to repay the principal',
    { grace: { principal: 3, interest: 0, interestFree: 0 } },
  ],
  [
    'terms.grace: no installment of 3 is left to pay the interest',
    { grace: { principal: 0, interest: 3, interestFree: 0 } },
  ],
  ['terms.downPayment: what is paid down in full is not lent', { downPayment: { share: '1.0', automatic: true } }],
  [
    'terms.tranches: tranches of loans planned period by period share one term',
    { ...BY_PERIODS, tranches: { several: true, fullTerm: true } },
  ],
  [
    'terms.recalculation: loans whose periods are planned together bear no interest on interest',
    plain.recalculation ? { recalculation: { ...plain.recalculation, compounding: 'interest' } } : {},
  ],
  [
    'terms.recalculation: planned together, periods rest every day or with every installment',
    plain.recalculation ? { recalculation: { ...plain.recalculation, rest: { frequency: 'weekly', every: 1 } } } : {},
  ],
  [
    'terms.recalculation: planned together, periods rest every day or with every installment',
    plain.recalculation ? { recalculation: { ...plain.recalculation, rest: { frequency: 'daily', every: 2 } } } : {},
  ],
  [
    'terms.rounding: planned period by period, the last installment takes the residue',
    { planning: 'cumulative', rounding: { ...plain.rounding, smoothing: true } },
  ],
  [
    'terms.chargebackOrder: planned period by period, all that is charged back is principal',
    { ...BY_PERIODS, chargebackOrder: [...ALLOCATED_PORTIONS] },
  ],
  [
    'terms.allocation: planned period by period, no money in advance is shared out',
    {
      ...BY_PERIODS,
      allocation: {
        kind: 'by-order',
        processing: 'horizontal',
        orders: [
          {
            order: DUE_STATES.flatMap((state) => ALLOCATED_PORTIONS.map((portion) => ({ state, portion }))),
            inAdvance: 'reamortize',
          },
        ],
      },
    },
  ],
  [
    'terms.recalculation: flat interest bears no interest',
    {
      ...BY_PERIODS,
      interest: { ...plain.interest, method: 'flat' },
      ...(plain.recalculation && { recalculation: { ...plain.recalculation, compounding: 'fee' } }),
    },
  ],
  [
    'terms.allocation: an order names each portion once in every due state',
    {
      allocation: {
        kind: 'by-order',
        processing: 'horizontal',
        orders: [
          {
            order: Array.from({ length: 12 }, (_, at) => ({
              state: DUE_STATES[at % 3] ?? 'due',
              portion: 'fee' as const,
            })),
            inAdvance: 'next-installment',
          },
        ],
      },
    },
  ],
  [
    'terms.charges: each has a name of its own',
    {
      charges: (['tranche', 'specified-due-date'] as const).map((time) => ({
        name: 'fee',
        kind: 'fee',
        time,
        calculation: { kind: 'flat', amount: '1.00' },
      })),
    },
  ],
])('%s', (flaw, differing) => {
  expect(flawOf(differing)).toBe(flaw);
});

const dueEvery = (every: number, unit: LoanTerms['dueDates']['period']['unit'], name?: string): Partial<LoanTerms> => ({
  dueDates: {
    ...plain.dueDates,
    period: { every, unit },
    calendar: { adjustment: 'following', ...(name !== undefined && { name }) },
  },
});
const ICMA = { interest: { ...plain.interest, dayCount: 'act/act-icma' as const } };
const EACH_BUCKET = DUE_STATES.flatMap((state) => ALLOCATED_PORTIONS.map((portion) => ({ state, portion })));
const ordersOf = (...credits: readonly (CreditKind | undefined)[]): Partial<LoanTerms> => ({
  allocation: {
    kind: 'by-order',
    processing: 'horizontal',
    orders: credits.map((credit) => ({
      order: EACH_BUCKET,
      inAdvance: 'next-installment',
      ...(credit !== undefined && { credit }),
    })),
  },
});
/** Of each kind of money: what becomes of what is in advance. */
const ordersThat = (rules: readonly ('next-installment' | 'reamortize')[]): Partial<LoanTerms> => {
  const credits = [undefined, 'repayment'] as const;
  const orders = rules.map((inAdvance, at) => {
    const credit = credits[at];
    return { order: EACH_BUCKET, inAdvance, ...(credit !== undefined && { credit }) };
  });
  return { allocation: { kind: 'by-order', processing: 'horizontal', orders } };
};
/** The first order is whole, the second lacks all that is not due. */
const firstWhole = {
  orders: [
    { order: EACH_BUCKET, inAdvance: 'next-installment' as const },
    {
      order: EACH_BUCKET.filter(({ state }) => state === 'due'),
      inAdvance: 'next-installment' as const,
      credit: 'repayment' as const,
    },
  ],
};
const recalculated = (differing: Partial<NonNullable<LoanTerms['recalculation']>>): Partial<LoanTerms> =>
  plain.recalculation ? { recalculation: { ...plain.recalculation, ...differing } } : {};
const charging = (...calculations: readonly LoanTerms['charges'][number]['calculation'][]): Partial<LoanTerms> => ({
  charges: calculations.map((calculation, index) => ({
    name: `charge ${index + 1}`,
    kind: 'fee',
    time: 'specified-due-date',
    calculation,
  })),
});

test.each<readonly [string, Partial<LoanTerms>]>([
  ['multiples as fine as the currency', { rounding: { ...plain.rounding, amountMultiple: '0.05' } }],
  ['multiples with noughts beyond it', { rounding: { ...plain.rounding, installmentMultiple: '5.000' } }],
  ['a balloon of all that may be lent', { amortization: { kind: 'balloon-amount', amount: '1000.00' } }],
  ['an installment of a given amount, flat', { interest: { ...plain.interest, method: 'flat' } }],
  [
    'business days when nothing moves',
    { dueDates: { ...plain.dueDates, calendar: { name: 'CN@2026.1', adjustment: 'none' } } },
  ],
  ['two weeks on business days', dueEvery(2, 'weeks', 'CN@2026.1')],
  ['fourteen days on business days', dueEvery(14, 'days', 'CN@2026.1')],
  ['months on business days', dueEvery(1, 'months', 'CN@2026.1')],
  ['years on business days', dueEvery(1, 'years', 'CN@2026.1')],
  ['weeks where nothing is said of business days', dueEvery(1, 'weeks')],
  ['quarters by ACT/ACT ICMA', { ...dueEvery(3, 'months'), ...ICMA }],
  ['fortnights by ACT/ACT ICMA', { ...dueEvery(2, 'weeks'), ...ICMA }],
  ['five days by ACT/ACT ICMA', { ...dueEvery(5, 'days'), ...ICMA }],
  ['years by ACT/ACT ICMA', { ...dueEvery(1, 'years'), ...ICMA }],
  ['grace of all installments but one', { grace: { principal: 2, interest: 2, interestFree: 3 } }],
  ['a down payment of nearly all', { downPayment: { share: '0.99', automatic: false } }],
  ['several tranches that share a term', { ...BY_PERIODS, tranches: { several: true, fullTerm: false } }],
  ['tranches of their own terms', { planning: 'progressive', tranches: { several: true, fullTerm: true } }],
  ['an order for each kind of money', ordersOf(undefined, 'repayment', 'goodwill-credit')],
  ['charges of whole minor units', charging({ kind: 'flat', amount: '1.05' }, { kind: 'flat', amount: '1.050' })],
  [
    'weeks on business days when nothing moves',
    {
      dueDates: {
        ...plain.dueDates,
        period: { every: 1, unit: 'weeks' },
        calendar: { name: 'CN@2026.1', adjustment: 'none' },
      },
    },
  ],
  ['a down payment of a tenth', { downPayment: { share: '0.1', automatic: true } }],
  ['an order of chargebacks, planned together', { chargebackOrder: [...ALLOCATED_PORTIONS] }],
  ['rests with every installment', recalculated({ rest: { frequency: 'per-installment', every: 1 } })],
  [
    'a rest every week, period by period',
    {
      ...BY_PERIODS,
      ...recalculated({ rest: { frequency: 'weekly', every: 2 } }),
    },
  ],
  ['interest on interest, period by period', { ...BY_PERIODS, ...recalculated({ compounding: 'interest' }) }],
  [
    'flat interest that follows payments, period by period',
    { ...BY_PERIODS, interest: { ...plain.interest, method: 'flat' }, ...recalculated({}) },
  ],
  ['an order, period by period', { ...BY_PERIODS, ...ordersOf(undefined, 'repayment') }],
  ['money in advance shared out, planned together', ordersThat(['reamortize'])],
  ['shares without bounds', charging({ kind: 'share', of: 'principal', share: '0.001' })],
  ['shares within bounds', charging({ kind: 'share', of: 'principal', share: '0.001', least: '0.01', most: '9.99' })],
])('no flaw: %s', (_, differing) => {
  expect(flawOf(differing)).toBeUndefined();
});

test.each<readonly [string, Partial<LoanTerms>]>([
  ['two due dates may meet', dueEvery(13, 'days', 'CN@2026.1')],
  ['whole number of periods a year', { ...dueEvery(2, 'years'), ...ICMA }],
  ['whole number of periods a year', { ...dueEvery(3, 'weeks'), ...ICMA }],
  ['whole number of periods a year', { ...dueEvery(7, 'days'), ...ICMA }],
  ['left to repay the principal', { grace: { principal: 4, interest: 0, interestFree: 0 } }],
  ['left to pay the interest', { grace: { principal: 0, interest: 4, interestFree: 0 } }],
  ['paid down in full', { downPayment: { share: '1', automatic: false } }],
  ['0.001 is finer', { rounding: { ...plain.rounding, installmentMultiple: '0.001' } }],
  ['nought', { rounding: { ...plain.rounding, amountMultiple: '0.00' } }],
  ['1.005 is finer', { amortization: { kind: 'balloon-amount', amount: '1.005' } }],
  ['no money in advance is shared out', { ...BY_PERIODS, ...ordersThat(['next-installment', 'reamortize']) }],
  ['each portion once', { allocation: { ...firstWhole, kind: 'by-order', processing: 'vertical' } }],
  ['each kind of money has one order', ordersOf('repayment', undefined, 'repayment')],
  ['each kind of money has one order', ordersOf(undefined, undefined)],
  ['charge 2 is finer than CNY', charging({ kind: 'flat', amount: '1.00' }, { kind: 'flat', amount: '1.005' })],
  ['charge 1 is finer', charging({ kind: 'share', of: 'principal', share: '0.01', least: '0.005' })],
  ['charge 1 is finer', charging({ kind: 'share', of: 'principal', share: '0.01', least: '1.00', most: '2.005' })],
])('a flaw: %s', (flaw, differing) => {
  expect(flawOf(differing)).toContain(flaw);
});

test('a plan by hand says itself what is paid down, and when no principal is', () => {
  const byHand: Partial<LoanTerms> = { amortization: { kind: 'hand-made', principal: ['600.00', '0.00', '400.00'] } };
  const loans = { amount: { least: 100_000n, most: 100_000n }, installments: { least: 3, most: 3 } };
  expect(flawOf(byHand, loans)).toBeUndefined();
  expect(flawOf({ ...byHand, downPayment: { share: '0.1', automatic: true } }, loans)).toContain('what is paid down');
  expect(flawOf({ ...byHand, grace: { principal: 1, interest: 0, interestFree: 0 } }, loans)).toContain(
    'without principal itself',
  );
  expect(flawOf({ ...byHand, grace: { principal: 0, interest: 1, interestFree: 1 } }, loans)).toBeUndefined();
  const finer: Partial<LoanTerms> = { amortization: { kind: 'hand-made', principal: ['600.00', '0.005', '400.00'] } };
  expect(flawOf(finer, loans)).toBe('terms.amortization: some principal is finer than CNY');
  expect(flawOf(byHand, { ...loans, installments: { least: 2, most: 3 } })).toContain('for loans of as many');
});

test('a plan by hand is for the one sum that it adds up to, and for as many installments as it has', () => {
  const amortization = { kind: 'hand-made' as const, principal: ['400.00', '300.00', '300.00'] };
  const of = (least: bigint, most: bigint, installments: number) =>
    flawOf({ amortization }, { amount: { least, most }, installments: { least: 3, most: installments } });
  expect(of(100_000n, 100_000n, 3)).toBeUndefined();
  const sum = 'terms.amortization: what a plan by hand repays is what is lent, and nothing else';
  expect([of(100_000n, 100_001n, 3), of(99_999n, 100_000n, 3), of(90_000n, 90_000n, 3)]).toEqual([sum, sum, sum]);
  expect(of(100_000n, 100_000n, 4)).toBe(
    'terms.amortization: a plan by hand of 3 installments is for loans of as many',
  );
});

test('terms without a flaw have a plan, whichever way it is made', () => {
  fc.assert(
    fc.property(agreedLoans, ({ terms, agreement, payout }) => {
      const { principal, installments } = agreement;
      const loans = {
        amount: { least: principal, most: principal },
        installments: { least: installments, most: installments },
      };
      if (flawOfTerms(terms, loans) !== undefined) return;
      for (const engine of [progressive, cumulative]) {
        const rows = engine.plan(terms, agreement, [payout]);
        expect(rows.reduce((sum, row) => sum + row.principal, 0n)).toBe(payout.amount);
      }
    }),
    { numRuns: 200 },
  );
});
