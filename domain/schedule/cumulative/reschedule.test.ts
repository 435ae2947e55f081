import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { replay } from '.';
import { CLASSIC, day, disbursed, installmentsOf, repaid } from './terms.fixture';

const FREE: LoanTerms = {
  ...CLASSIC,
  rate: { kind: 'fixed', perYear: '0' },
  interest: { ...CLASSIC.interest, calculation: 'per-period' },
};
const FLAT: LoanTerms = { ...FREE, rate: CLASSIC.rate, interest: { ...FREE.interest, method: 'flat' } };
const DOWN: LoanTerms = {
  ...FREE,
  dueDates: { ...FREE.dueDates, period: { every: 15, unit: 'days' } },
  downPayment: { share: '0.25', automatic: false },
};

const known = { id: 'change', on: day('2023-07-05'), knownOn: day('2023-07-05') };
const rows = (terms: LoanTerms, principal: bigint, count: number, change: LoanFact): readonly string[] => {
  const agreement = { principal, installments: count, submittedOn: day('2023-07-01') };
  return installmentsOf(replay(terms, agreement, [disbursed(principal, '2023-07-01'), change], day('2023-07-05')));
};

// Figures: acceptance tests of Apache Fineract (Apache-2.0), LoanReschedule.feature, C2805 to C2809, C2996, C2998.
describe('a loan is rescheduled', () => {
  it('a due date moves, and the later ones with it', () => {
    const move: LoanFact = { kind: 'due-date-move', ...known, from: day('2023-09-01'), to: day('2023-09-15') };
    expect(rows(FREE, 300_000n, 3, move)).toEqual([
      '2023-08-01 1000.00 0.00 0.00 0.00 | 1000.00',
      '2023-09-15 1000.00 0.00 0.00 0.00 | 1000.00',
      '2023-10-15 1000.00 0.00 0.00 0.00 | 1000.00',
    ]);
  });

  it('more installments: what is left is spread over all of them', () => {
    const more: LoanFact = { kind: 'extra-installments', ...known, from: day('2023-09-01'), count: 2 };
    expect(rows(FREE, 300_000n, 3, more)).toEqual([
      '2023-08-01 1000.00 0.00 0.00 0.00 | 1000.00',
      '2023-09-01 500.00 0.00 0.00 0.00 | 500.00',
      '2023-10-01 500.00 0.00 0.00 0.00 | 500.00',
      '2023-11-01 500.00 0.00 0.00 0.00 | 500.00',
      '2023-12-01 500.00 0.00 0.00 0.00 | 500.00',
    ]);
    expect(rows(FLAT, 300_000n, 3, more)).toEqual([
      '2023-08-01 1000.00 30.00 0.00 0.00 | 1030.00',
      '2023-09-01 500.00 15.00 0.00 0.00 | 515.00',
      '2023-10-01 500.00 15.00 0.00 0.00 | 515.00',
      '2023-11-01 500.00 15.00 0.00 0.00 | 515.00',
      '2023-12-01 500.00 15.00 0.00 0.00 | 515.00',
    ]);
  });

  it('grace on principal: the loan runs longer, and the empty installment is met from the beginning', () => {
    const grace: LoanFact = { kind: 'grace', ...known, from: day('2023-09-01'), principal: 1, interest: 0 };
    expect(rows(FREE, 300_000n, 3, grace)).toEqual([
      '2023-08-01 1000.00 0.00 0.00 0.00 | 1000.00',
      '2023-09-01 0.00 0.00 0.00 0.00 | 0.00',
      '2023-10-01 1000.00 0.00 0.00 0.00 | 1000.00',
      '2023-11-01 1000.00 0.00 0.00 0.00 | 1000.00',
    ]);
    const agreement = { principal: 300_000n, installments: 3, submittedOn: day('2023-07-01') };
    const account = replay(FREE, agreement, [disbursed(300_000n, '2023-07-01'), grace], day('2023-07-05'));
    expect(account.installments.map(({ metOn }) => metOn)).toEqual([
      undefined,
      day('2023-07-01'),
      undefined,
      undefined,
    ]);
  });

  it('grace on flat interest: it falls due with what is left', () => {
    const grace: LoanFact = { kind: 'grace', ...known, from: day('2023-09-01'), principal: 0, interest: 2 };
    expect(rows(FLAT, 400_000n, 4, grace)).toEqual([
      '2023-08-01 1000.00 40.00 0.00 0.00 | 1040.00',
      '2023-09-01 1000.00 0.00 0.00 0.00 | 1000.00',
      '2023-10-01 1000.00 0.00 0.00 0.00 | 1000.00',
      '2023-11-01 1000.00 120.00 0.00 0.00 | 1120.00',
    ]);
  });

  it('grace on flat interest in the middle: what is put off is spread over the rest', () => {
    const grace: LoanFact = { kind: 'grace', ...known, from: day('2023-09-01'), principal: 0, interest: 1 };
    expect(rows(FLAT, 400_000n, 4, grace)).toEqual([
      '2023-08-01 1000.00 40.00 0.00 0.00 | 1040.00',
      '2023-09-01 1000.00 0.00 0.00 0.00 | 1000.00',
      '2023-10-01 1000.00 60.00 0.00 0.00 | 1060.00',
      '2023-11-01 1000.00 60.00 0.00 0.00 | 1060.00',
    ]);
  });

  it('a new rate counts from the installment that falls due on its day', () => {
    const rate: LoanFact = { ...known, kind: 'rate-change', on: day('2023-09-01'), perYear: '0.06' };
    expect(rows(FLAT, 300_000n, 3, rate)).toEqual([
      '2023-08-01 1000.00 30.00 0.00 0.00 | 1030.00',
      '2023-09-01 1000.00 15.00 0.00 0.00 | 1015.00',
      '2023-10-01 1000.00 15.00 0.00 0.00 | 1015.00',
    ]);
    // 600.00 at 12 %, then 6 %, 30-day months: 1 %, then 0.5 % of what is left; EMI 204.01 and 201.50.
    const declining: LoanTerms = {
      ...FLAT,
      rounding: { mode: 'HALF_EVEN', smoothing: false },
      interest: { ...FLAT.interest, method: 'declining-balance' },
    };
    expect(rows(declining, 60_000n, 3, rate)).toEqual([
      '2023-08-01 198.01 6.00 0.00 0.00 | 204.01',
      '2023-09-01 200.49 2.01 0.00 0.00 | 202.50',
      '2023-10-01 201.50 1.01 0.00 0.00 | 202.51',
    ]);
  });

  it('more installments for a loan with a down payment', () => {
    const more: LoanFact = { kind: 'extra-installments', ...known, from: day('2023-07-16'), count: 2 };
    expect(rows(DOWN, 100_000n, 3, more)).toEqual([
      '2023-07-01 250.00 0.00 0.00 0.00 | 250.00',
      '2023-07-16 150.00 0.00 0.00 0.00 | 150.00',
      '2023-07-31 150.00 0.00 0.00 0.00 | 150.00',
      '2023-08-15 150.00 0.00 0.00 0.00 | 150.00',
      '2023-08-30 150.00 0.00 0.00 0.00 | 150.00',
      '2023-09-14 150.00 0.00 0.00 0.00 | 150.00',
    ]);
  });

  it('a second disbursement after it has its own down payment, and all installments are made for both', () => {
    const facts: readonly LoanFact[] = [
      disbursed(100_000n, '2023-10-01'),
      repaid(25_000n, '2023-10-01'),
      { kind: 'extra-installments', ...known, from: day('2023-10-16'), count: 2 },
      disbursed(40_000n, '2023-10-20'),
      repaid(10_000n, '2023-10-20'),
    ];
    const agreement = { principal: 140_000n, installments: 3, submittedOn: day('2023-10-01') };
    const account = replay(DOWN, agreement, facts, day('2023-10-20'));
    expect(installmentsOf(account)).toEqual([
      '2023-10-01 250.00 0.00 0.00 0.00 | 0.00',
      '2023-10-16 210.00 0.00 0.00 0.00 | 110.00',
      '2023-10-20 100.00 0.00 0.00 0.00 | 100.00',
      '2023-10-31 210.00 0.00 0.00 0.00 | 210.00',
      '2023-11-15 210.00 0.00 0.00 0.00 | 210.00',
      '2023-11-30 210.00 0.00 0.00 0.00 | 210.00',
      '2023-12-15 210.00 0.00 0.00 0.00 | 210.00',
    ]);
    expect(account.installments.map(({ balance }) => balance)).toEqual([
      75_000n,
      54_000n,
      84_000n,
      63_000n,
      42_000n,
      21_000n,
      0n,
    ]);
    expect(account.installments.map(({ paidLate }) => paidLate)).toEqual([0n, 10_000n, 0n, 0n, 0n, 0n, 0n]);
  });
});
