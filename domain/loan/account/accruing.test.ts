import fc from 'fast-check';
import { active, LOAN, obey, repaid } from '../../../tests/support/example-loan';
import { lifePlan, playLife } from '../../../tests/support/loan-lives';
import { give } from '../../../tests/support/loan-servicing';
import { dayOf } from '../../calendar';
import { addDays, type BusinessDate, businessDate, fold } from '../../kernel';
import { accruedOn, accruingLoanOn, type LoanEvent, loanDecider } from '..';

/** 3,000.00 at 12 % a year, paid out on 15 January: 30.00 fall due on 15 February, 20.10 on 15 March. */
const on = businessDate;
const day = (text: string): number => dayOf(on(text));
const accrued = (events: readonly LoanEvent[], at: string): bigint => {
  const loan = accruingLoanOn(fold(loanDecider, events), on(at));
  return loan === undefined ? 0n : accruedOn(loan, on(at));
};

describe('What a loan has earned and is not due', () => {
  test('grows by its share of the days, and is nothing on the day on which it falls due', () => {
    expect(accrued(active, '2026-01-15')).toBe(0n);
    expect(accrued(active, '2026-01-16')).toBe(96n);
    expect(accrued(active, '2026-02-14')).toBe(2_903n);
    expect(accrued(active, '2026-02-15')).toBe(0n);
    expect(accrued(active, '2026-02-16')).toBe(71n);
  });

  test('is the same however often it was asked for: a day follows from the day alone', () => {
    fc.assert(
      fc.property(lifePlan, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 40 }), (plan, days, more) => {
        const { state } = playLife(plan);
        const first = addDays(plan.disbursedOn, days);
        const level = (at: BusinessDate): bigint => {
          const loan = accruingLoanOn(state, at);
          return loan === undefined ? 0n : accruedOn(loan, at);
        };
        let sum = level(first);
        for (let n = 1; n <= more; n += 1) {
          sum += level(addDays(first, n)) - level(addDays(first, n - 1));
          expect(level(addDays(first, n))).toBeGreaterThanOrEqual(0n);
        }
        expect(sum).toBe(level(addDays(first, more)));
      }),
      { numRuns: 60 },
    );
  });

  test('is counted from the last payment in advance: what that paid of it is income already', () => {
    const earning = (amount: string) =>
      accruingLoanOn(fold(loanDecider, repaid(active, 'a', amount, '2026-02-20')), on('2026-02-21'))?.accruing;
    // 3.59 of 16.70 were paid on 20 February.
    expect(earning('1500.00')).toEqual([{ from: day('2026-02-20'), due: day('2026-03-15'), interest: 1_311n }]);
    // The second installment is paid, and has left the interest of its later days to the third.
    expect(earning('2200.00')).toEqual([{ from: day('2026-02-20'), due: day('2026-04-15'), interest: 1_632n }]);
  });

  test('is nothing once the loan has ended, was given up or charged off', () => {
    expect(accrued(repaid(active, 'a', '3100.00', '2026-01-20'), '2026-01-25')).toBe(0n);
    const today = on('2026-01-20');
    const given = obey(active, today, { type: 'WriteOffLoan', data: { loanId: LOAN, reason: 'insolvency' } });
    const off = obey(active, today, give('ChargeOffLoan', {}, '2026-01-20'));
    for (const events of [given, off]) expect(accrued(events, '2026-01-25')).toBe(0n);
  });
});
