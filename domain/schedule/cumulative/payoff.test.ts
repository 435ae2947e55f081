import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { payoff } from '.';
import { dated, FLAT, loan, paidOut } from './lives.fixture';
import { day, installmentsOf, RECALCULATED, repaid, transactionsOf } from './terms.fixture';

describe('a payoff', () => {
  const due = (terms: LoanTerms, on: string, ...facts: readonly LoanFact[]) =>
    payoff(
      terms,
      { principal: 100_000n, installments: 2, submittedOn: day('2023-01-01') },
      [paidOut, ...facts],
      day(on),
    );

  it('is all that is left where the plan stays as it was made', () => {
    expect(due(FLAT, '2023-01-15', repaid(1_500n, '2023-01-10'))).toEqual({
      principal: 99_500n,
      interest: 1_000n,
      fee: 0n,
      penalty: 0n,
    });
  });

  it('is the interest up to its day where interest follows what is paid', () => {
    // 1,000.00 × 12 % × 14 ÷ 365
    expect(due(RECALCULATED, '2023-01-15')).toEqual({ principal: 100_000n, interest: 460n, fee: 0n, penalty: 0n });
    expect(due(RECALCULATED, '2023-01-01')).toEqual({ principal: 100_000n, interest: 0n, fee: 0n, penalty: 0n });
  });

  it('goes to the next rest date where the terms say so', () => {
    const rested = (frequency: 'weekly' | 'per-installment' | 'monthly', every: number): LoanTerms => ({
      ...RECALCULATED,
      ...(RECALCULATED.recalculation && {
        recalculation: { ...RECALCULATED.recalculation, payoffUntil: 'rest-date', rest: { frequency, every } },
      }),
    });
    expect(due(rested('weekly', 1), '2023-01-14').interest).toBe(460n);
    expect(due(rested('weekly', 2), '2023-01-02').interest).toBe(460n);
    expect(due(rested('per-installment', 1), '2023-01-14').interest).toBe(1_019n);
    expect(due(rested('monthly', 1), '2023-01-14').interest).toBe(1_019n);
  });

  it('to the rest date that is paid closes the loan too', () => {
    const rested: LoanTerms = {
      ...RECALCULATED,
      ...(RECALCULATED.recalculation && {
        recalculation: {
          ...RECALCULATED.recalculation,
          payoffUntil: 'rest-date',
          rest: { frequency: 'weekly', every: 1 },
        },
      }),
    };
    const account = loan(rested, 2, '2023-01-12', { kind: 'payoff', ...dated('off', '2023-01-12') });
    expect([account.status, account.overpaid]).toEqual(['closed', 0n]);
    expect(installmentsOf(account)).toEqual(['2023-01-12 1000.00 4.60 0.00 0.00 | 0.00']);
    const early = loan(rested, 2, '2023-01-12', repaid(100_329n, '2023-01-11'));
    expect(early.status).toBe('active');
  });

  it('that is paid ends the plan on its day', () => {
    const account = loan(RECALCULATED, 2, '2023-01-15', { kind: 'payoff', ...dated('off', '2023-01-15') });
    expect(account.status).toBe('closed');
    expect(installmentsOf(account)).toEqual(['2023-01-15 1000.00 4.60 0.00 0.00 | 0.00']);
    expect(transactionsOf(account)[1]).toBe('2023-01-15 payoff 1004.60: 1000.00 4.60 0.00 0.00 | 0.00 | 0.00');
  });

  it('after a part was paid early in the same period', () => {
    const part = repaid(20_000n, '2023-01-05');
    // 4 days of 1,000.00 and 10 of 800.00: 1.32 + 2.63.
    expect(due(RECALCULATED, '2023-01-15', part)).toEqual({ principal: 80_395n, interest: 0n, fee: 0n, penalty: 0n });
    const account = loan(RECALCULATED, 2, '2023-01-15', part, { kind: 'payoff', ...dated('off', '2023-01-15') });
    expect([account.status, account.overpaid]).toEqual(['closed', 0n]);
    expect(installmentsOf(account)).toEqual(['2023-01-15 1000.00 3.95 0.00 0.00 | 0.00']);
  });

  it('has the interest that was put off before', () => {
    const graced: LoanTerms = { ...RECALCULATED, grace: { principal: 0, interest: 1, interestFree: 0 } };
    const account = loan(graced, 3, '2023-02-15', { kind: 'payoff', ...dated('off', '2023-02-15') });
    expect(account.status).toBe('closed');
    expect(account.installments.map(({ owed }) => owed.interest)).toEqual([0n, 1_019n + 460n]);
    const free: LoanTerms = { ...RECALCULATED, grace: { principal: 0, interest: 0, interestFree: 1 } };
    expect(due(free, '2023-01-15').interest).toBe(0n);
  });

  it('has interest on what is overdue, and so has the loan once its plan is over', () => {
    // 503.70 of principal overdue since 1 February, all of it since 1 March.
    expect(due(RECALCULATED, '2023-03-11').interest).toBe(
      loan(RECALCULATED, 2, '2023-03-11').installments.reduce((sum, { owed }) => sum + owed.interest, 0n),
    );
    expect(installmentsOf(loan(RECALCULATED, 2, '2023-03-11'))).toEqual([
      '2023-02-01 496.81 10.19 0.00 0.00 | 507.00',
      '2023-03-01 503.19 9.21 0.00 0.00 | 512.40',
      '2023-03-11 0.00 3.29 0.00 0.00 | 3.29',
    ]);
  });
});
