import fc from 'fast-check';
import { agreedLoans } from '../../../tests/support/any-loan';
import { termsWith } from '../../../tests/support/progressive-loans';
import * as cumulative from '../cumulative';
import * as progressive from '../progressive';
import { DUE_STATES } from './allocation-rules';
import { flawOfTerms } from './flaws';
import type { LoanTerms } from './loan-terms';

const LOANS = { amount: { least: 100_000n, most: 500_000n }, installments: { least: 3, most: 36 } };
const plain = termsWith();
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
    { planning: 'cumulative', tranches: { several: true, fullTerm: true } },
  ],
  [
    'terms.recalculation: no loan bears interest on interest',
    plain.recalculation ? { recalculation: { ...plain.recalculation, compounding: 'interest' } } : {},
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
