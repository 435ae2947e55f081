import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { replay } from '.';
import { dated, FLAT, FREE, loan } from './lives.fixture';
import { CLASSIC, day, disbursed, installmentsOf, repaid, transactionsOf } from './terms.fixture';

describe('money that goes back', () => {
  it('an overpayment is held, and refunded', () => {
    const held = loan(FREE, 1, '2023-01-20', repaid(100_500n, '2023-01-15'));
    expect([held.status, held.overpaid]).toEqual(['overpaid', 500n]);
    const refund: LoanFact = { kind: 'credit-balance-refund', amount: 500n, ...dated('refund', '2023-01-20') };
    const refunded = loan(FREE, 1, '2023-01-20', repaid(100_500n, '2023-01-15'), refund);
    expect([refunded.status, refunded.overpaid]).toEqual(['closed', 0n]);
    expect(transactionsOf(refunded)[2]).toBe(
      '2023-01-20 credit-balance-refund 5.00: 0.00 0.00 0.00 0.00 | 5.00 | 0.00',
    );
  });

  it('a chargeback is owed with the next installment', () => {
    const back: LoanFact = {
      kind: 'chargeback',
      of: 'repaid-2023-01-15',
      amount: 20_000n,
      ...dated('back', '2023-02-10'),
    };
    const account = loan(FREE, 2, '2023-02-10', repaid(50_000n, '2023-01-15'), back);
    expect(installmentsOf(account)).toEqual([
      '2023-02-01 500.00 0.00 0.00 0.00 | 0.00',
      '2023-03-01 700.00 0.00 0.00 0.00 | 700.00',
    ]);
    expect(transactionsOf(account)[2]).toBe('2023-02-10 chargeback 200.00: 200.00 0.00 0.00 0.00 | 0.00 | 700.00');
  });

  it('a chargeback after the last installment has one of its own; what was overpaid pays it', () => {
    const back: LoanFact = {
      kind: 'chargeback',
      of: 'repaid-2023-01-15',
      amount: 20_000n,
      ...dated('back', '2023-02-10'),
    };
    const account = loan(FREE, 1, '2023-02-10', repaid(105_000n, '2023-01-15'), back);
    expect(installmentsOf(account)).toEqual([
      '2023-02-01 1000.00 0.00 0.00 0.00 | 0.00',
      '2023-02-10 200.00 0.00 0.00 0.00 | 150.00',
    ]);
    expect([account.status, account.overpaid]).toEqual(['active', 0n]);
  });
});

describe('what is lent after a charge-off has made all of it due', () => {
  const facts: readonly LoanFact[] = [
    { kind: 'charge-off', ...dated('off', '2023-01-10') },
    repaid(60_000n, '2023-01-12'),
    repaid(70_000n, '2023-01-13'),
    disbursed(20_000n, '2023-01-20'),
    disbursed(25_000n, '2023-01-25'),
    repaid(4_000n, '2023-01-26'),
  ];
  const until = (asOf: string) => loan({ ...FREE, chargeOff: 'accelerate-maturity' }, 2, asOf, ...facts);

  it('is due at once, and paid with what is held of earlier payments, as far as that goes', () => {
    expect(until('2023-01-13')).toMatchObject({ overpaid: 30_000n, outstanding: { principal: 0n } });
    expect(until('2023-01-20')).toMatchObject({ overpaid: 10_000n, outstanding: { principal: 0n } });
    const account = until('2023-01-26');
    expect(account).toMatchObject({ overpaid: 0n, outstanding: { principal: 11_000n } });
    expect(installmentsOf(account)).toEqual([
      '2023-01-10 1000.00 0.00 0.00 0.00 | 0.00',
      '2023-01-20 200.00 0.00 0.00 0.00 | 0.00',
      '2023-01-25 250.00 0.00 0.00 0.00 | 110.00',
    ]);
    // 700.00 paid: 400.00 of the first 1,000.00, then 200.00 and 100.00 of what was lent since.
    expect(transactionsOf(account).slice(2)).toEqual([
      '2023-01-12 repayment 600.00: 600.00 0.00 0.00 0.00 | 0.00 | 400.00',
      '2023-01-13 repayment 700.00: 700.00 0.00 0.00 0.00 | 0.00 | 0.00',
      '2023-01-20 disbursement 200.00: 200.00 0.00 0.00 0.00 | 0.00 | 200.00',
      '2023-01-25 disbursement 250.00: 250.00 0.00 0.00 0.00 | 0.00 | 250.00',
      '2023-01-26 repayment 40.00: 40.00 0.00 0.00 0.00 | 0.00 | 110.00',
    ]);
    const paid = account.transactions.find(({ amount }) => amount === 70_000n);
    expect(paid?.lines.map(({ installment, portion, amount }) => [installment, portion, amount])).toEqual([
      [1, 'principal', 40_000n],
      [2, 'principal', 20_000n],
      [3, 'principal', 10_000n],
    ]);
  });

  it('is paid with what is held of each payment, the first first', () => {
    const off: LoanFact = { kind: 'charge-off', ...dated('off', '2023-01-10') };
    const account = loan(
      { ...FREE, chargeOff: 'accelerate-maturity' },
      1,
      '2023-01-20',
      off,
      repaid(103_000n, '2023-01-12'),
      repaid(5_000n, '2023-01-13'),
      disbursed(7_000n, '2023-01-20'),
    );
    expect(account).toMatchObject({ status: 'overpaid', overpaid: 1_000n });
    expect(account.transactions.map(({ overpaid, parts }) => [overpaid, parts.principal]).slice(2)).toEqual([
      [0n, 103_000n],
      [1_000n, 4_000n],
      [0n, 7_000n],
    ]);
  });
});

describe('losses', () => {
  it('a charge-off is noted with what is outstanding, and collection goes on', () => {
    const off: LoanFact = { kind: 'charge-off', ...dated('off', '2023-01-20') };
    const account = loan(FLAT, 2, '2023-01-25', off, repaid(1_000n, '2023-01-25'));
    expect(account.status).toBe('charged-off');
    expect(transactionsOf(account).slice(1)).toEqual([
      '2023-01-20 charge-off 1020.00: 1000.00 20.00 0.00 0.00 | 0.00 | 1000.00',
      '2023-01-25 repayment 10.00: 0.00 10.00 0.00 0.00 | 0.00 | 1000.00',
    ]);
  });

  it('a charge-off may end the interest, or make all of it due', () => {
    const monthly: LoanTerms = { ...CLASSIC, rounding: { mode: 'HALF_EVEN', smoothing: false } };
    const off: LoanFact = { kind: 'charge-off', ...dated('off', '2023-01-11') };
    // 1,000.00 × 12 % × 10 ÷ 365 = 3.29
    expect(installmentsOf(loan({ ...monthly, chargeOff: 'zero-interest' }, 2, '2023-01-15', off))).toEqual([
      '2023-02-01 504.12 3.29 0.00 0.00 | 507.41',
      '2023-03-01 495.88 0.00 0.00 0.00 | 495.88',
    ]);
    expect(installmentsOf(loan({ ...monthly, chargeOff: 'accelerate-maturity' }, 2, '2023-01-15', off))).toEqual([
      '2023-01-11 1000.00 3.29 0.00 0.00 | 1003.29',
    ]);
    const undo: LoanFact = { kind: 'undo', of: 'off', ...dated('undo', '2023-01-12') };
    const undone = loan({ ...monthly, chargeOff: 'accelerate-maturity' }, 2, '2023-01-15', off, undo);
    expect([undone.status, undone.installments.length]).toEqual(['active', 2]);
  });

  it('a write-off leaves nothing to pay', () => {
    const off: LoanFact = { kind: 'write-off', ...dated('off', '2023-02-20') };
    const account = loan(FLAT, 2, '2023-02-25', repaid(51_000n, '2023-02-01'), off);
    expect(account.status).toBe('written-off');
    expect(transactionsOf(account)[2]).toBe('2023-02-20 write-off 510.00: 500.00 10.00 0.00 0.00 | 0.00 | 0.00');
    expect(account.installments[1]?.writtenOff).toEqual({ principal: 50_000n, interest: 1_000n, fee: 0n, penalty: 0n });
    expect(account.installments[1]?.metOn).toBe(day('2023-02-20'));
  });

  it('a settlement takes what is paid and gives up the rest', () => {
    const settled: LoanFact = { kind: 'settlement', amount: 60_000n, ...dated('settled', '2023-02-20') };
    const account = loan(FREE, 1, '2023-02-25', settled);
    expect(account.status).toBe('settled');
    expect(transactionsOf(account)[1]).toBe('2023-02-20 settlement 600.00: 600.00 0.00 0.00 0.00 | 0.00 | 400.00');
    expect(account.installments[0]?.writtenOff.principal).toBe(40_000n);
  });

  it('what only other plannings know is not taken in silence', () => {
    const fact: LoanFact = { kind: 're-amortize', interest: 'default', ...dated('x', '2023-01-20') };
    expect(() => loan(FREE, 1, '2023-02-25', fact)).toThrow('knows no re-amortize');
  });
});

describe('facts', () => {
  it('before anything is paid out there is nothing', () => {
    const account = replay(FREE, { principal: 1n, installments: 1, submittedOn: 0 }, [], 0);
    expect(account).toMatchObject({ status: 'approved', installments: [], transactions: [], overpaid: 0n });
  });

  it('after the day in question do not count yet', () => {
    expect(loan(FREE, 1, '2023-01-10', repaid(100n, '2023-01-11')).outstanding.principal).toBe(100_000n);
    expect(loan(FREE, 1, '2023-01-11', repaid(100n, '2023-01-11')).outstanding.principal).toBe(99_900n);
  });

  it('tranches that are expected are planned, until they come', () => {
    const agreement = {
      principal: 100_000n,
      installments: 2,
      submittedOn: day('2023-01-01'),
      expectedTranches: [
        { on: day('2023-01-01'), amount: 60_000n },
        { on: day('2023-01-20'), amount: 40_000n },
      ],
    };
    const first = disbursed(60_000n, '2023-01-01');
    const expected = replay(FREE, agreement, [first], day('2023-01-05'));
    expect(installmentsOf(expected)).toEqual([
      '2023-02-01 500.00 0.00 0.00 0.00 | 500.00',
      '2023-03-01 500.00 0.00 0.00 0.00 | 500.00',
    ]);
    expect(expected.disbursements).toHaveLength(1);
    const came = replay(FREE, agreement, [first, disbursed(20_000n, '2023-01-18')], day('2023-01-18'));
    expect(came.installments.reduce((sum, { owed }) => sum + owed.principal, 0n)).toBe(80_000n);
  });

  it('flat interest is charged on what was paid out, not on the tranches that are still to come', () => {
    const terms: LoanTerms = { ...CLASSIC, interest: { ...CLASSIC.interest, method: 'flat' } };
    const agreement = {
      principal: 150_000n,
      installments: 3,
      submittedOn: day('2025-01-01'),
      expectedTranches: [
        { on: day('2025-01-01'), amount: 100_000n },
        { on: day('2025-01-15'), amount: 50_000n },
      ],
    };
    const first = disbursed(100_000n, '2025-01-01');
    const interestOf = (...facts: readonly LoanFact[]): bigint =>
      replay(terms, agreement, facts, day('2025-01-15')).installments.reduce(
        (sum, { owed }) => sum + owed.interest,
        0n,
      );
    expect([interestOf(first), interestOf(first, disbursed(50_000n, '2025-01-15'))]).toEqual([2959n, 4438n]);
  });

  it('an undoing may itself be undone', () => {
    const undo = (id: string, of: string): LoanFact => ({ kind: 'undo', of, ...dated(id, '2023-01-20') });
    const paid = repaid(100n, '2023-01-10');
    expect(loan(FREE, 1, '2023-01-25', paid, undo('u', paid.id)).outstanding.principal).toBe(100_000n);
    const both = [paid, undo('u', paid.id), undo('v', 'u')];
    expect(loan(FREE, 1, '2023-01-25', ...both).outstanding.principal).toBe(99_900n);
  });

  it('days without interest bear none', () => {
    const daily: LoanTerms = { ...CLASSIC, rounding: { mode: 'HALF_EVEN', smoothing: false } };
    const paused: LoanFact = { kind: 'interest-pause', through: day('2023-01-20'), ...dated('pause', '2023-01-11') };
    // 21 of 31 days.
    expect(installmentsOf(loan(daily, 1, '2023-01-25', paused))).toEqual([
      '2023-02-01 1000.00 6.91 0.00 0.00 | 1006.91',
    ]);
  });
});
