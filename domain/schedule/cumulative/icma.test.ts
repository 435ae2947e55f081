import fc from 'fast-check';
import { agreedLoans } from '../../../tests/support/any-loan';
import type { LoanTerms } from '../loan-terms';
import { plan } from '.';
import { CLASSIC, day, plannedOf } from './terms.fixture';

const START = day('2023-01-01');

const lines = (terms: LoanTerms, amount: bigint, count: number): readonly string[] =>
  plannedOf(plan(terms, { principal: amount, installments: count, submittedOn: START }, [{ on: START, amount }]));

describe('ACT/ACT ICMA', () => {
  const icma: LoanTerms = {
    ...CLASSIC,
    rounding: { mode: 'HALF_EVEN', smoothing: false },
    interest: { ...CLASSIC.interest, calculation: 'daily', dayCount: 'act/act-icma', yearLength: 'calendar' },
  };

  it('takes every month for a twelfth of the year, whatever its days', () => {
    expect(lines(icma, 100_000n, 3)).toEqual([
      '2023-02-01 330.02 10.00 | 669.98',
      '2023-03-01 333.32 6.70 | 336.66',
      '2023-04-01 336.66 3.37 | 0.00',
    ]);
  });

  it('takes days for equal parts of their period', () => {
    // 14 of 31 days, then 17: 1,000.00 × 1 % × 14/31 + 2,000.00 × 1 % × 17/31
    const rows = plan(icma, { principal: 200_000n, installments: 1, submittedOn: START }, [
      { on: START, amount: 100_000n },
      { on: day('2023-01-15'), amount: 100_000n },
    ]);
    expect(plannedOf(rows)).toEqual(['2023-02-01 2000.00 15.49 | 0.00']);
  });

  it('counts months of flat interest, and periods of any length that divides a year', () => {
    const flat: LoanTerms = { ...icma, interest: { ...icma.interest, method: 'flat' } };
    expect(lines(flat, 120_000n, 3).map((line) => line.split(' ')[2])).toEqual(['12.00', '12.00', '12.00']);
    const weekly: LoanTerms = { ...icma, dueDates: { ...icma.dueDates, period: { every: 2, unit: 'weeks' } } };
    expect(lines(weekly, 2_600_000n, 1)).toEqual(['2023-01-15 26000.00 120.00 | 0.00']);
  });

  it('is what interest per period is, as long as periods are whole', () => {
    fc.assert(
      fc.property(agreedLoans, ({ terms, agreement, payout }) => {
        if (terms.dueDates.period.unit === 'days' || terms.interest.method === 'flat') return;
        if (terms.rate.kind === 'floating') return;
        const counted = (interest: Partial<LoanTerms['interest']>) =>
          plan({ ...terms, planning: 'cumulative', interest: { ...terms.interest, ...interest } }, agreement, [payout]);
        const perPeriod = counted({ calculation: 'per-period', partialPeriods: false });
        expect(counted({ calculation: 'daily', dayCount: 'act/act-icma' })).toEqual(perPeriod);
      }),
      { numRuns: 200 },
    );
  });
});
