import { faultsOf } from '../../../../tests/support/by-hand';
import { agreed, paidOut, START, termsWith } from '../../../../tests/support/progressive-loans';
import type { LoanTerms } from '../../loan-terms';
import { type Calculation, explainInstallment } from '..';

const PLAIN = termsWith();
/** 1,200.00 at 12 % a year in three months: each bears 1 % of the balance. */
const MONTHLY: LoanTerms = termsWith({
  rounding: { mode: 'HALF_EVEN', smoothing: false },
  interest: { ...PLAIN.interest, dayCount: 'nominal-30/360', calculation: 'per-period' },
});

const by = (calculation: Calculation | undefined): string => {
  switch (calculation?.kind) {
    case 'equal-installment':
      return ` = ${calculation.periods.length} for ${calculation.balance} down to ${calculation.balloon ?? 'nothing'}`;
    case 'even-share':
      return ` = ${calculation.sum} ÷ ${calculation.count}`;
    default:
      return '';
  }
};

/** How each installment comes about; each figure comes to what is said by a decimal calculator. */
const explained = (differing: Partial<LoanTerms>, lent = 120_000n) =>
  [1, 2, 3].map((n) => {
    const terms = { ...MONTHLY, ...differing };
    const explanation = explainInstallment(terms, agreed(lent, 3), [paidOut(lent)], START + 5, n);
    if (explanation === undefined) throw new Error(`no installment ${n}`);
    expect(faultsOf(explanation)).toEqual([]);
    return explanation.installment?.lines.map(
      ({ does, why, amount, calculation }) => `${does} ${why} ${amount}${by(calculation)}`,
    );
  });

const CASES: readonly (readonly [string, Partial<LoanTerms>, readonly string[][]])[] = [
  [
    'equal installments',
    {},
    [
      ['add equal-installment 408.03 = 3 for 1200.00 down to nothing'],
      ['add equal-installment 408.03 = 3 for 1200.00 down to nothing'],
      ['add equal-installment 408.03 = 3 for 1200.00 down to nothing', 'subtract takes-what-is-left 0.01'],
    ],
  ],
  [
    'equal principal',
    { amortization: { kind: 'equal-principal' } },
    [
      ['add planned-principal 400.00 = 1200.00 ÷ 3', 'add plus-interest 12.00'],
      ['add planned-principal 400.00 = 1200.00 ÷ 3', 'add plus-interest 8.00'],
      ['add planned-principal 400.00 = 1200.00 ÷ 3', 'add plus-interest 4.00'],
    ],
  ],
  [
    'a share of the principal, and a balloon',
    { amortization: { kind: 'balloon', share: '0.05' } },
    [
      ['add planned-principal 60.00', 'add plus-interest 12.00'],
      ['add planned-principal 60.00', 'add plus-interest 11.40'],
      ['add planned-principal 1080.00', 'add plus-interest 10.80'],
    ],
  ],
  [
    'equal installments down to a balloon',
    { amortization: { kind: 'balloon-amount', amount: '200.00' } },
    [
      ['add equal-installment 342.02 = 3 for 1200.00 down to 200.00'],
      ['add equal-installment 342.02 = 3 for 1200.00 down to 200.00'],
      ['add equal-installment 342.02 = 3 for 1200.00 down to 200.00', 'add takes-what-is-left 200.01'],
    ],
  ],
  [
    'an installment that was agreed',
    { amortization: { kind: 'fixed-installment', amount: '450.00' } },
    [
      ['add fixed-installment 450.00'],
      ['add fixed-installment 450.00'],
      ['add fixed-installment 450.00', 'subtract takes-what-is-left 127.18'],
    ],
  ],
  [
    'flat interest',
    { interest: { ...MONTHLY.interest, method: 'flat' } },
    [
      ['add even-share 412.00 = 1236.00 ÷ 3'],
      ['add even-share 412.00 = 1236.00 ÷ 3'],
      ['add even-share 412.00 = 1236.00 ÷ 3'],
    ],
  ],
  [
    'equal installments after one of interest alone',
    { grace: { principal: 1, interest: 0, interestFree: 0 } },
    [
      ['add equal-installment 408.03 = 3 for 1200.00 down to nothing', 'subtract interest-alone 396.03'],
      ['add equal-installment 609.01 = 2 for 1200.00 down to nothing'],
      ['add equal-installment 609.01 = 2 for 1200.00 down to nothing', 'add takes-what-is-left 0.01'],
    ],
  ],
];

describe('what an installment is made of, its periods planned together', () => {
  it.each(CASES)('%s', (_, differing, expected) => {
    expect(explained(differing)).toEqual(expected);
  });

  it('what rounding up leaves of the last is spread over all', () => {
    expect(explained({ rounding: { mode: 'UP', smoothing: true } }, 136_900n)).toEqual([
      ['add equal-installment 465.50 = 3 for 1369.00 down to nothing', 'subtract smoothing 0.01 = 0.02 ÷ 3'],
      ['add equal-installment 465.50 = 3 for 1369.00 down to nothing', 'subtract smoothing 0.01 = 0.02 ÷ 3'],
      ['add equal-installment 465.50 = 3 for 1369.00 down to nothing'],
    ]);
  });
});
