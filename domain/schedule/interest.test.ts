import fc from 'fast-check';
import { arbitraryLoan } from '../../tests/support/arbitrary-terms';
import { sampleTerms } from '../../tests/support/offerings';
import { addDays, addMonths, businessDate, daysBetween, moneyOf } from '../kernel';
import { accruedInterest, penaltyInterest, periodInterest } from '.';

const balance = moneyOf(1_200_000n, 'CNY');
const date = businessDate;

describe('interest', () => {
  it('of a whole period is a twelfth of the year, whatever the length of the month', () => {
    expect(periodInterest(sampleTerms, balance)).toEqual(moneyOf(18_000n, 'CNY'));
    for (const from of ['2026-01-31', '2026-02-28', '2024-02-29', '2026-07-01']) {
      const within = { from: date(from), due: addMonths(date(from), 1) };
      expect(accruedInterest(sampleTerms, balance, within.from, within.due, within)).toEqual(moneyOf(18_000n, 'CNY'));
    }
  });

  it('of a part of a period counts by its days', () => {
    const within = { from: date('2026-01-31'), due: date('2026-02-28') };
    expect(accruedInterest(sampleTerms, balance, within.from, date('2026-02-07'), within)).toEqual(
      moneyOf(4_500n, 'CNY'),
    );
    expect(accruedInterest(sampleTerms, balance, date('2026-02-07'), date('2026-02-07'), within)).toEqual(
      moneyOf(0n, 'CNY'),
    );
  });

  it('grows day by day to the whole, and parts make up the whole but for their roundings', () => {
    fc.assert(
      fc.property(arbitraryLoan, fc.integer({ min: 0, max: 31 }), ({ terms, principal }, count) => {
        const from = date('2026-03-31');
        const within = { from, due: addMonths(from, 1) };
        const on = addDays(from, Math.min(count, daysBetween(from, within.due)));
        const before = accruedInterest(terms, principal, from, on, within).minor;
        const after = accruedInterest(terms, principal, on, within.due, within).minor;
        const whole = periodInterest(terms, principal).minor;
        expect(before <= whole).toBe(true);
        expect([-1n, 0n, 1n]).toContain(before + after - whole);
      }),
    );
  });

  it('does not count outside its period, or backwards', () => {
    const within = { from: date('2026-01-31'), due: date('2026-02-28') };
    const accrue = (from: string, to: string) => () =>
      accruedInterest(sampleTerms, balance, date(from), date(to), within);
    expect(accrue('2026-01-30', '2026-02-01')).toThrow('not inside');
    expect(accrue('2026-02-01', '2026-03-01')).toThrow('not inside');
    expect(accrue('2026-02-02', '2026-02-01')).toThrow('not inside');
  });
});

describe('penalty interest', () => {
  it('is simple, by actual days over 365', () => {
    // 1,100.16 × 27 % × 10/365 = 8.1382…
    expect(penaltyInterest(sampleTerms, moneyOf(110_016n, 'CNY'), 10)).toEqual(moneyOf(814n, 'CNY'));
    expect(penaltyInterest(sampleTerms, moneyOf(100_000n, 'CNY'), 365)).toEqual(moneyOf(27_000n, 'CNY'));
    expect(penaltyInterest(sampleTerms, moneyOf(100_000n, 'CNY'), 366)).toEqual(moneyOf(27_074n, 'CNY'));
    expect(penaltyInterest(sampleTerms, moneyOf(100_000n, 'CNY'), 0)).toEqual(moneyOf(0n, 'CNY'));
  });

  it('follows the rounding of the terms', () => {
    const base = moneyOf(110_016n, 'CNY');
    expect(penaltyInterest({ ...sampleTerms, rounding: 'DOWN' }, base, 10).minor).toBe(813n);
    expect(penaltyInterest({ ...sampleTerms, rounding: 'UP' }, base, 11).minor).toBe(896n);
  });

  it('has no negative days', () => {
    expect(() => penaltyInterest(sampleTerms, balance, -1)).toThrow();
  });
});
