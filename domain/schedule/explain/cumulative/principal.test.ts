import { faultsOf } from '../../../../tests/support/by-hand';
import { CLASSIC, day, disbursed } from '../../cumulative/terms.fixture';
import type { LoanTerms } from '../../loan-terms';
import { type Calculation, explainInstallment } from '..';

/** 1,200.00 at 12 % a year in three months: each bears 1 % of the balance. */
const MONTHLY: LoanTerms = {
  ...CLASSIC,
  rounding: { mode: 'HALF_EVEN', smoothing: false },
  interest: { ...CLASSIC.interest, dayCount: 'nominal-30/360', calculation: 'per-period' },
};
const FLAT: LoanTerms['interest'] = { ...MONTHLY.interest, method: 'flat' };
const NO_GRACE: LoanTerms['grace'] = { principal: 0, interest: 0, interestFree: 0 };

const by = (calculation: Calculation | undefined): string => {
  switch (calculation?.kind) {
    case 'annuity':
      return ` = ${calculation.periods} × down from ${calculation.balance} to ${calculation.rest ?? 'nothing'}`;
    case 'even-share':
      return ` = ${calculation.sum} ÷ ${calculation.count}`;
    case 'share':
      return ` = ${calculation.of} × ${calculation.share}`;
    case 'remainder':
      return ` = ${calculation.lent} − ${calculation.elsewhere}`;
    case 'flat-interest':
      return ` = ${calculation.principal} × ${calculation.factor} in ${calculation.installments}`;
    default:
      return '';
  }
};

/** Every installment of a loan, explained; each figure comes to what is said by a decimal calculator. */
const explained = (differing: Partial<LoanTerms>) =>
  [1, 2, 3].map((n) => {
    const agreement = { principal: 120_000n, installments: 3, submittedOn: day('2023-01-01') };
    const lent = [disbursed(120_000n, '2023-01-01')];
    const explanation = explainInstallment({ ...MONTHLY, ...differing }, agreement, lent, day('2023-01-05'), n);
    if (explanation === undefined) throw new Error(`no installment ${n}`);
    expect(faultsOf(explanation)).toEqual([]);
    return explanation;
  });

const CASES: readonly (readonly [string, Partial<LoanTerms>, readonly string[][]])[] = [
  [
    'equal installments',
    {},
    [
      ['equal-installment 408.03 = 3 × down from 1200.00 to nothing', 'less-interest 12.00'],
      ['equal-installment 408.03 = 3 × down from 1200.00 to nothing', 'less-interest 8.04'],
      ['takes-what-is-left 403.98 = 1200.00 − 796.02'],
    ],
  ],
  [
    'equal installments to the unit',
    { rounding: { mode: 'HALF_EVEN', smoothing: false, installmentMultiple: '1' } },
    [
      ['equal-installment 408.00 = 3 × down from 1200.00 to nothing', 'less-interest 12.00'],
      ['equal-installment 408.00 = 3 × down from 1200.00 to nothing', 'less-interest 8.04'],
      ['takes-what-is-left 404.04 = 1200.00 − 795.96'],
    ],
  ],
  [
    'equal principal',
    { amortization: { kind: 'equal-principal' } },
    [
      ['planned-principal 400.00 = 1200.00 ÷ 3'],
      ['planned-principal 400.00 = 1200.00 ÷ 3'],
      ['takes-what-is-left 400.00 = 1200.00 − 800.00'],
    ],
  ],
  [
    'a share of the principal, and a balloon',
    { amortization: { kind: 'balloon', share: '0.05' } },
    [
      ['planned-principal 60.00 = 1200.00 × 0.05'],
      ['planned-principal 60.00 = 1200.00 × 0.05'],
      ['takes-what-is-left 1080.00 = 1200.00 − 120.00'],
    ],
  ],
  [
    'equal installments down to a balloon',
    { amortization: { kind: 'balloon-amount', amount: '200.00' } },
    [
      ['equal-installment 342.02 = 3 × down from 1200.00 to 200.00', 'less-interest 12.00'],
      ['equal-installment 342.02 = 3 × down from 1200.00 to 200.00', 'less-interest 8.70'],
      ['takes-what-is-left 536.66 = 1200.00 − 663.34'],
    ],
  ],
  [
    'an installment that was agreed',
    { amortization: { kind: 'fixed-installment', amount: '450.00' } },
    [
      ['fixed-installment 450.00', 'less-interest 12.00'],
      ['fixed-installment 450.00', 'less-interest 7.62'],
      ['takes-what-is-left 319.62 = 1200.00 − 880.38'],
    ],
  ],
  [
    'interest alone',
    { amortization: { kind: 'interest-only' } },
    [[], [], ['takes-what-is-left 1200.00 = 1200.00 − 0.00']],
  ],
  ['all at the end', { amortization: { kind: 'bullet' } }, [[], [], ['takes-what-is-left 1200.00 = 1200.00 − 0.00']]],
  [
    'a plan by hand',
    { amortization: { kind: 'hand-made', principal: ['100.00', '200.00', '900.00'] } },
    [['planned-principal 100.00'], ['planned-principal 200.00'], ['takes-what-is-left 900.00 = 1200.00 − 300.00']],
  ],
  [
    'flat interest',
    { interest: FLAT },
    [
      ['even-share 400.00 = 1200.00 ÷ 3'],
      ['even-share 400.00 = 1200.00 ÷ 3'],
      ['takes-what-is-left 400.00 = 1200.00 − 800.00'],
    ],
  ],
  [
    'flat interest, a share of the principal, and a balloon',
    { interest: FLAT, amortization: { kind: 'balloon', share: '0.05' } },
    [
      ['planned-principal 60.00 = 1200.00 × 0.05'],
      ['planned-principal 60.00 = 1200.00 × 0.05'],
      ['takes-what-is-left 1080.00 = 1200.00 − 120.00'],
    ],
  ],
  [
    'equal installments after one without principal',
    { grace: { ...NO_GRACE, principal: 1 } },
    [
      [],
      ['equal-installment 609.01 = 2 × down from 1200.00 to nothing', 'less-interest 12.00'],
      ['takes-what-is-left 602.99 = 1200.00 − 597.01'],
    ],
  ],
  [
    'equal principal after one installment without',
    { amortization: { kind: 'equal-principal' }, grace: { ...NO_GRACE, principal: 1 } },
    [[], ['planned-principal 600.00 = 1200.00 ÷ 2'], ['takes-what-is-left 600.00 = 1200.00 − 600.00']],
  ],
];

describe('what leads the principal of installments that are planned period by period', () => {
  it.each(CASES)('%s', (_, differing, expected) => {
    const lines = explained(differing).map(({ principal }) =>
      principal.lines.map(({ why, amount, calculation }) => `${why} ${amount}${by(calculation)}`),
    );
    expect(lines).toEqual(expected);
  });

  it('flat interest is charged on what was lent, in equal parts', () => {
    const lines = explained({ interest: FLAT }).map(({ interest }) =>
      interest.lines.map(({ why, amount, calculation }) => `${why} ${amount}${by(calculation)}`),
    );
    expect(lines).toEqual([
      ['flat-interest 12.00 = 1200.00 × 0.03 in 3'],
      ['flat-interest 12.00 = 1200.00 × 0.03 in 3'],
      ['takes-what-is-left 12.00 = 36.00 − 24.00'],
    ]);
  });
});
