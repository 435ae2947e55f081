import { agreed, START, termsWith } from '../../../../tests/support/progressive-loans';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAgreement } from '../../replay';
import { modelledPlan } from '../plan';
import { plainPlan } from './plan';

const plain = termsWith();
const FLAT: Partial<LoanTerms> = { interest: { ...plain.interest, method: 'flat' } };
const AS_IT_IS: Partial<LoanTerms> = { rounding: { mode: 'HALF_EVEN', smoothing: false } };
const balloon = (amount: string): Partial<LoanTerms> => ({ amortization: { kind: 'balloon-amount', amount } });
const fixed = (amount: string): Partial<LoanTerms> => ({ amortization: { kind: 'fixed-installment', amount } });
const at = (perYear: string): Partial<LoanTerms> => ({ rate: { kind: 'fixed', perYear } });
const grace = (principal: number, interest: number): Partial<LoanTerms> => ({
  grace: { principal, interest, interestFree: 0 },
});
const SHAPES = ['equal-principal', 'interest-only', 'bullet'] as const;

type Case = readonly [string, Partial<LoanTerms>, bigint, number, Partial<LoanAgreement>?];

const planned = ([, differing, amount, count, other]: Case) => {
  const terms = termsWith(differing);
  const agreement = { ...agreed(amount, count), ...other };
  const payout = { on: START, amount };
  const quick = plainPlan(terms, agreement, payout);
  return { quick, long: quick && modelledPlan(terms, agreement, [payout], START) };
};

const IN_DOUBLES: readonly Case[] = [
  ['equal installments', {}, 1_000_000n, 12],
  ['equal installments of the largest sum', {}, 2n ** 46n - 1n, 12],
  ['equal installments without smoothing', AS_IT_IS, 1_000_000n, 12],
  ['no interest', at('0'), 1_000_000n, 12],
  ['grace on interest', grace(0, 3), 1_000_000n, 6],
  ['grace on both', grace(2, 2), 1_000_000n, 6],
  ['flat interest', FLAT, 1_000_000n, 12],
  ['flat interest of one installment', FLAT, 1_000_000n, 1],
  ['a balloon of all that is lent', { ...balloon('10000.00') }, 1_000_000n, 12],
  ['an installment of an amount', fixed('900.00'), 1_000_000n, 12],
  ['an installment that repays all before the last', fixed('2500.00'), 1_000_000n, 12],
  ['an installment below the interest', fixed('50.00'), 1_000_000n, 12],
  ['what is paid down', { downPayment: { share: '0.25', automatic: false } }, 1_000_000n, 12],
  ['a first period of its own', {}, 1_000_000n, 12, { firstDueOn: START + 45 }],
  [
    'dates from the day it was asked for, paid out then',
    { dueDates: { ...plain.dueDates, countedFrom: 'submission' } },
    1_000_000n,
    12,
  ],
  ...SHAPES.map((kind): Case => [kind, { amortization: { kind } }, 1_000_000n, 12]),
  ['a share with each', { amortization: { kind: 'balloon', share: '0.05' } }, 1_000_000n, 12],
  ['a plan by hand', { amortization: { kind: 'hand-made', principal: ['4000.00', '6000.00'] } }, 1_000_000n, 2],
];

test.each(IN_DOUBLES.map((one) => ({ what: one[0], one })))(
  '$what: planned in doubles, to the same figures as on the model',
  ({ one }) => {
    const { quick, long } = planned(one);
    expect(quick).toBeDefined();
    expect(quick).toEqual(long);
  },
);

const ON_THE_MODEL: readonly Case[] = [
  ['grace on principal up to the last installment', grace(5, 0), 1_000_000n, 6],
  ['one installment', {}, 1_000_000n, 1],
  ['a sum that leaves no room for its interest', {}, 2n ** 46n, 12],
  [
    'dates counted from another day than that of the payout',
    { dueDates: { ...plain.dueDates, countedFrom: 'submission' } },
    1_000_000n,
    12,
    { submittedOn: START - 1 },
  ],
  ['grace on principal for all installments', grace(6, 0), 1_000_000n, 6],
  ['flat interest with grace on principal', { ...FLAT, ...grace(1, 0) }, 1_000_000n, 6],
  ['flat interest with grace on interest', { ...FLAT, ...grace(0, 1) }, 1_000_000n, 6],
  [
    'flat interest above the installment',
    { ...FLAT, ...at('9'), ...{ rounding: { mode: 'HALF_EVEN', smoothing: false, installmentMultiple: '10000.00' } } },
    1_000_000n,
    6,
  ],
  ['equal installments that may be a minor unit more or less', { ...AS_IT_IS, ...at('0') }, 5n, 2],
  ['an installment of all that is lent', fixed('10000.00'), 1_000_000n, 12],
  ['an installment of more than doubles hold', fixed('703687441776.64'), 1_000_000n, 12],
  ['a balloon of more than it all grows to', balloon('200000.00'), 1_000_000n, 12],
  ['an installment of nothing', { ...AS_IT_IS, ...at('0') }, 1n, 5],
  ['interest that is put off beyond the last of the principal', { ...fixed('9000.00'), ...grace(0, 4) }, 1_000_000n, 6],
  ['flat interest still to come when the principal is repaid', { ...FLAT, ...fixed('6000.00') }, 1_000_000n, 6],
];

test.each(ON_THE_MODEL.map((one) => ({ what: one[0], one })))('$what: left to the model', ({ one }) => {
  expect(planned(one).quick).toBeUndefined();
});
