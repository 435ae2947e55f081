import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { replay } from '.';
import { agreed, day, disbursed, installmentsOf, RECALCULATED, repaid } from './terms.fixture';

/** due, principal, interest and what is left to pay of every installment. */
type Line = readonly [due: string, principal: string, interest: string, outstanding: string];

const minor = (text: string): bigint => BigInt(text.replace('.', ''));

const rowsOf = (terms: LoanTerms, facts: readonly LoanFact[], asOf: string) =>
  replay(terms, agreed(500_000n, 6), [disbursed(500_000n), ...facts], day(asOf)).installments.map(
    ({ due, owed, paid }) => ({
      due,
      principal: owed.principal,
      interest: owed.interest,
      outstanding: owed.principal + owed.interest - paid.principal - paid.interest,
    }),
  );

const expected = (lines: readonly Line[]) =>
  lines.map(([due, principal, interest, outstanding]) => ({
    due: day(due),
    principal: minor(principal),
    interest: minor(interest),
    outstanding: minor(outstanding),
  }));

// Figures: acceptance tests of Apache Fineract (Apache-2.0), LoanRepayment-Part1, C2556 to C2564, C2629 to C2631.
describe('5,000.00 at 12 % in six installments, interest recalculated by the day', () => {
  it('more than is due, on time: the excess repays principal at once', () => {
    expect(rowsOf(RECALCULATED, [repaid(86_300n, '2022-12-01')], '2022-12-01')).toEqual(
      expected([
        ['2022-12-01', '813.68', '49.32', '0.00'],
        ['2023-01-01', '819.33', '42.67', '862.00'],
        ['2023-02-01', '827.68', '34.32', '862.00'],
        ['2023-03-01', '838.62', '23.38', '862.00'],
        ['2023-04-01', '844.67', '17.33', '862.00'],
        ['2023-05-01', '856.02', '8.44', '864.46'],
      ]),
    );
  });

  it('a part of what is due, on time: nothing changes', () => {
    expect(rowsOf(RECALCULATED, [repaid(20_000n, '2022-12-01')], '2022-12-01')).toEqual(
      expected([
        ['2022-12-01', '812.68', '49.32', '662.00'],
        ['2023-01-01', '819.32', '42.68', '862.00'],
        ['2023-02-01', '827.67', '34.33', '862.00'],
        ['2023-03-01', '838.62', '23.38', '862.00'],
        ['2023-04-01', '844.66', '17.34', '862.00'],
        ['2023-05-01', '857.05', '8.45', '865.50'],
      ]),
    );
  });

  it('a part, early: the days after it bear less', () => {
    expect(rowsOf(RECALCULATED, [repaid(20_000n, '2022-11-27')], '2022-11-27')).toEqual(
      expected([
        ['2022-12-01', '812.95', '49.05', '662.00'],
        ['2023-01-01', '819.33', '42.67', '862.00'],
        ['2023-02-01', '827.68', '34.32', '862.00'],
        ['2023-03-01', '838.62', '23.38', '862.00'],
        ['2023-04-01', '844.66', '17.34', '862.00'],
        ['2023-05-01', '856.76', '8.45', '865.21'],
      ]),
    );
  });

  it('a part, late: overdue principal bears interest until today', () => {
    expect(rowsOf(RECALCULATED, [repaid(20_000n, '2022-12-05')], '2022-12-05')).toEqual(
      expected([
        ['2022-12-01', '812.68', '49.32', '662.00'],
        ['2023-01-01', '818.25', '43.75', '862.00'],
        ['2023-02-01', '827.66', '34.34', '862.00'],
        ['2023-03-01', '838.61', '23.39', '862.00'],
        ['2023-04-01', '844.65', '17.35', '862.00'],
        ['2023-05-01', '858.15', '8.46', '866.61'],
      ]),
    );
  });

  it('much more, on time: the installments to come are made anew', () => {
    expect(rowsOf(RECALCULATED, [repaid(150_000n, '2022-12-01')], '2022-12-01')).toEqual(
      expected([
        ['2022-12-01', '1450.68', '49.32', '0.00'],
        ['2023-01-01', '694.83', '36.17', '731.00'],
        ['2023-02-01', '701.91', '29.09', '731.00'],
        ['2023-03-01', '711.18', '19.82', '731.00'],
        ['2023-04-01', '716.31', '14.69', '731.00'],
        ['2023-05-01', '725.09', '7.15', '732.24'],
      ]),
    );
  });

  it('much more, early: all of it counts as principal from its day on', () => {
    expect(rowsOf(RECALCULATED, [repaid(150_000n, '2022-11-27')], '2022-11-27')).toEqual(
      expected([
        ['2022-12-01', '1500.00', '47.34', '47.34'],
        ['2023-01-01', '685.33', '35.67', '721.00'],
        ['2023-02-01', '692.31', '28.69', '721.00'],
        ['2023-03-01', '701.46', '19.54', '721.00'],
        ['2023-04-01', '706.52', '14.48', '721.00'],
        ['2023-05-01', '714.38', '7.05', '721.43'],
      ]),
    );
  });

  it('much more, late: what is over pays the next installment in advance', () => {
    expect(rowsOf(RECALCULATED, [repaid(150_000n, '2022-12-05')], '2022-12-05')).toEqual(
      expected([
        ['2022-12-01', '812.68', '49.32', '0.00'],
        ['2023-01-01', '823.91', '38.09', '224.00'],
        ['2023-02-01', '827.72', '34.28', '862.00'],
        ['2023-03-01', '838.66', '23.34', '862.00'],
        ['2023-04-01', '844.70', '17.30', '862.00'],
        ['2023-05-01', '852.33', '8.41', '860.74'],
      ]),
    );
  });
});

describe('two payments above what is due', () => {
  const facts = [repaid(100_000n, '2022-12-01'), repaid(200_000n, '2023-01-01')];
  const onAdvance = (onAdvancePayment: NonNullable<LoanTerms['recalculation']>['onAdvancePayment']): LoanTerms => ({
    ...RECALCULATED,
    ...(RECALCULATED.recalculation && { recalculation: { ...RECALCULATED.recalculation, onAdvancePayment } }),
  });
  const paid: readonly Line[] = [
    ['2022-12-01', '950.68', '49.32', '0.00'],
    ['2023-01-01', '1958.73', '41.27', '0.00'],
  ];

  it('leave fewer installments', () => {
    const lines = expected([
      ...paid,
      ['2023-02-01', '840.69', '21.31', '862.00'],
      ['2023-03-01', '850.49', '11.51', '862.00'],
      ['2023-04-01', '399.41', '4.07', '403.48'],
    ]);
    expect(rowsOf(onAdvance('fewer-installments'), facts, '2023-01-01')).toEqual(lines);
    expect(rowsOf(onAdvance('shrink-the-end'), facts, '2023-01-01')).toEqual(lines);
  });

  it('lower the installment', () => {
    expect(rowsOf(onAdvance('lower-the-installment'), facts, '2023-01-01')).toEqual(
      expected([
        ...paid,
        ['2023-02-01', '514.69', '21.31', '536.00'],
        ['2023-03-01', '521.49', '14.51', '536.00'],
        ['2023-04-01', '525.25', '10.75', '536.00'],
        ['2023-05-01', '529.16', '5.22', '534.38'],
      ]),
    );
  });

  it('stand for the principal of the next installments', () => {
    expect(rowsOf(onAdvance('next-installments'), facts, '2023-01-01')).toEqual(
      expected([
        ...paid,
        ['2023-02-01', '0.00', '21.31', '21.31'],
        ['2023-03-01', '407.45', '19.24', '426.69'],
        ['2023-04-01', '844.85', '17.15', '862.00'],
        ['2023-05-01', '838.29', '8.27', '846.56'],
      ]),
    );
  });
});

// Figures: acceptance tests of Apache Fineract (Apache-2.0), C2634 and C3139.
describe('interest by the period, recalculated with each installment, and several disbursements', () => {
  const rested: LoanTerms = {
    ...RECALCULATED,
    interest: { ...RECALCULATED.interest, calculation: 'per-period' },
    ...(RECALCULATED.recalculation && {
      recalculation: { ...RECALCULATED.recalculation, rest: { frequency: 'per-installment', every: 1 } },
    }),
  };

  it('makes all installments for all that was paid out', () => {
    const facts = [
      disbursed(500_000n),
      disbursed(300_000n, '2023-01-01'),
      disbursed(200_000n, '2023-03-01'),
      ...['2022-12-01', '2023-01-01', '2023-02-01', '2023-03-01'].map((on) => repaid(172_500n, on)),
    ];
    expect(installmentsOf(replay(rested, agreed(1_000_000n, 6), facts, day('2023-03-01')))).toEqual([
      '2022-12-01 1675.00 50.00 0.00 0.00 | 0.00',
      '2023-01-01 1691.75 33.25 0.00 0.00 | 0.00',
      '2023-02-01 1678.67 46.33 0.00 0.00 | 0.00',
      '2023-03-01 1695.45 29.55 0.00 0.00 | 0.00',
      '2023-04-01 1692.41 32.59 0.00 0.00 | 1725.00',
      '2023-05-01 1566.72 15.67 0.00 0.00 | 1582.39',
    ]);
  });

  it('lets what is overdue bear interest to the next rest date', () => {
    const days: LoanTerms = { ...rested, dueDates: { ...rested.dueDates, period: { every: 15, unit: 'days' } } };
    const first = disbursed(50_000n, '2024-04-05');
    const rowsOn = (asOf: string, ...more: readonly LoanFact[]) =>
      installmentsOf(replay(days, agreed(100_000n, 3), [first, ...more], day(asOf))).map((line) => line.slice(0, 22));
    expect(rowsOn('2024-04-05')).toEqual([
      '2024-04-20 165.53 2.47',
      '2024-05-05 166.35 1.65',
      '2024-05-20 168.12 0.83',
    ]);
    expect(rowsOn('2024-04-24')).toEqual([
      '2024-04-20 165.53 2.47',
      '2024-05-05 165.53 2.47',
      '2024-05-20 168.94 0.83',
    ]);
    expect(rowsOn('2024-04-26', disbursed(50_000n, '2024-04-26'))).toEqual([
      '2024-04-20 334.53 2.47',
      '2024-05-05 333.05 3.95',
      '2024-05-20 332.42 1.64',
    ]);
  });
});
