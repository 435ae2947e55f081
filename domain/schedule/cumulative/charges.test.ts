import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { replay } from '.';
import { dated, FLAT, FREE, fee, loan } from './lives.fixture';
import { day, disbursed, installmentsOf, repaid, transactionsOf } from './terms.fixture';

const shareOf = (
  of: 'principal' | 'interest' | 'principal-and-interest' | 'installment' | 'outstanding-principal',
  share: string,
  dueOn?: string,
  bounds: { least?: string; most?: string } = {},
): LoanFact => ({
  kind: 'charge',
  charge: 'fee',
  calculation: { kind: 'share', of, share, ...bounds },
  ...dated('share', '2023-01-01'),
  ...(dueOn !== undefined && { dueOn: day(dueOn) }),
});

describe('charges', () => {
  it('fall on the installment whose period they are due in; the first has the day of the disbursement too', () => {
    const account = loan(
      FREE,
      2,
      '2023-01-05',
      fee('2023-01-01', '2023-01-01', '1.00'),
      fee('2023-01-01', '2023-02-01', '2.00', 'penalty'),
      fee('2023-01-01', '2023-02-02', '4.00'),
    );
    expect(installmentsOf(account)).toEqual([
      '2023-02-01 500.00 0.00 1.00 2.00 | 503.00',
      '2023-03-01 500.00 0.00 4.00 0.00 | 504.00',
    ]);
  });

  it('due after the last installment have one of their own', () => {
    const account = loan(
      FREE,
      1,
      '2023-01-05',
      fee('2023-01-01', '2023-03-17', '20.00', 'penalty'),
      fee('2023-01-01', '2023-02-11', '5.00'),
    );
    expect(installmentsOf(account)).toEqual([
      '2023-02-01 1000.00 0.00 0.00 0.00 | 1000.00',
      '2023-03-17 0.00 0.00 5.00 20.00 | 25.00',
    ]);
    expect(account.installments[1]).toMatchObject({ kind: 'additional', from: day('2023-02-01'), balance: 0n });
  });

  it('of every installment still to come', () => {
    expect(installmentsOf(loan(FLAT, 2, '2023-02-05', fee('2023-02-05', undefined, '10.00')))).toEqual([
      '2023-02-01 500.00 10.00 0.00 0.00 | 510.00',
      '2023-03-01 500.00 10.00 10.00 0.00 | 520.00',
    ]);
    expect(loan(FLAT, 2, '2023-02-01', fee('2023-02-01', undefined, '10.00')).charges[0]?.amount).toBe(2_000n);
    expect(installmentsOf(loan(FLAT, 2, '2023-01-05', shareOf('principal-and-interest', '0.015')))).toEqual([
      '2023-02-01 500.00 10.00 7.65 0.00 | 517.65',
      '2023-03-01 500.00 10.00 7.65 0.00 | 517.65',
    ]);
  });

  it.each([
    ['principal', '50.00'],
    ['interest', '1.00'],
    ['principal-and-interest', '51.00'],
    ['installment', '25.50'],
    ['outstanding-principal', '25.00'],
  ] as const)('5 %% of %s on a day are %s', (of, amount) => {
    const account = loan(FLAT, 2, '2023-01-05', shareOf(of, '0.05', '2023-02-15'));
    expect(installmentsOf(account)[1]).toBe(`2023-03-01 500.00 10.00 ${amount} 0.00 | ${total('510.00', amount)}`);
  });

  it('have bounds', () => {
    const charged = (bounds: { least?: string; most?: string }) =>
      loan(FLAT, 1, '2023-01-05', shareOf('principal', '0.05', '2023-01-15', bounds)).charges[0]?.amount;
    expect(charged({ least: '60.00' })).toBe(6_000n);
    expect(charged({ most: '40.00' })).toBe(4_000n);
    expect(charged({ least: '40.00', most: '60.00' })).toBe(5_000n);
  });

  it('are paid the oldest first, waived, and adjusted like a payment', () => {
    const facts = [
      fee('2023-01-01', '2023-01-10', '10.00'),
      fee('2023-01-01', '2023-01-20', '8.00'),
      repaid(1_200n, '2023-01-15'),
      { kind: 'charge-waiver', of: 'fee-2023-01-20', ...dated('waived', '2023-01-21') } as const,
      { kind: 'charge-adjustment', of: 'fee-2023-01-10', amount: 300n, ...dated('adjusted', '2023-01-22') } as const,
    ];
    const account = loan(FREE, 1, '2023-01-25', ...facts);
    expect(account.charges).toEqual([
      {
        fact: 'fee-2023-01-10',
        kind: 'fee',
        dueOn: day('2023-01-10'),
        amount: 1_000n,
        paid: 1_000n,
        waived: 0n,
        outstanding: 0n,
      },
      {
        fact: 'fee-2023-01-20',
        kind: 'fee',
        dueOn: day('2023-01-20'),
        amount: 800n,
        paid: 200n,
        waived: 600n,
        outstanding: 0n,
      },
    ]);
    expect(transactionsOf(account)).toEqual([
      '2023-01-01 disbursement 1000.00: 1000.00 0.00 0.00 0.00 | 0.00 | 1000.00',
      '2023-01-15 repayment 12.00: 0.00 0.00 12.00 0.00 | 0.00 | 1000.00',
      '2023-01-21 charge-waiver 6.00: 0.00 0.00 6.00 0.00 | 0.00 | 1000.00',
      '2023-01-22 charge-adjustment 3.00: 3.00 0.00 0.00 0.00 | 0.00 | 997.00',
    ]);
  });

  // Figures: acceptance tests of Apache Fineract (Apache-2.0), LoanCharge.feature, FEE04 and FEE05.
  it('on overdue installments are worked out of what is left of them', () => {
    const late = (of: 'principal' | 'principal-and-interest'): LoanTerms => ({
      ...FLAT,
      charges: [
        {
          name: 'late',
          kind: 'penalty',
          time: 'overdue-installment',
          calculation: { kind: 'share', of, share: '0.015' },
        },
      ],
    });
    const agreement = { principal: 300_000n, installments: 3, submittedOn: day('2023-01-01') };
    const facts = [disbursed(300_000n, '2023-01-01')];
    const penalties = (of: 'principal' | 'principal-and-interest', asOf: string, ...more: readonly LoanFact[]) =>
      replay(late(of), agreement, [...facts, ...more], day(asOf)).installments.map(({ owed }) => owed.penalty);
    expect(penalties('principal', '2023-04-30')).toEqual([1_500n, 1_500n, 1_500n]);
    expect(penalties('principal-and-interest', '2023-04-30')).toEqual([1_545n, 1_545n, 1_545n]);
    expect(penalties('principal', '2023-03-01')).toEqual([1_500n, 0n, 0n]);
    expect(penalties('principal', '2023-03-15', repaid(103_000n, '2023-02-01'))).toEqual([0n, 1_500n, 0n]);
    expect(penalties('principal', '2023-03-01', repaid(103_000n, '2023-02-02'))).toEqual([1_500n, 0n, 0n]);
  });
});

describe('penalty interest', () => {
  // 18.25 % a year on 1,000.00 is 0.50 a day.
  const late = (graceDays: number): LoanTerms => ({ ...FREE, penalty: { ratePerYear: '0.1825', graceDays } });
  const penalty = (graceDays: number, asOf: string, ...facts: readonly LoanFact[]) =>
    loan(late(graceDays), 1, asOf, ...facts).installments[0]?.owed.penalty;

  it('runs by the day on overdue principal, from the due date once the grace days are over', () => {
    expect(penalty(0, '2023-02-01')).toBe(0n);
    expect(penalty(0, '2023-02-02')).toBe(50n);
    expect(penalty(3, '2023-02-04')).toBe(0n);
    expect(penalty(3, '2023-02-05')).toBe(200n);
    expect(penalty(3, '2023-03-03', repaid(100_000n, '2023-02-04'))).toBe(0n);
  });

  it('follows what is paid, and ends when nothing is overdue', () => {
    // 10 days of 1,000.00, paid first, and 10 of the 505.00 that are left: 5.00 + 2.525, and half a cent goes to even.
    expect(penalty(0, '2023-02-21', repaid(50_000n, '2023-02-11'))).toBe(752n);
    expect(penalty(0, '2023-03-21', repaid(100_500n, '2023-02-11'))).toBe(500n);
    expect(loan(late(0), 1, '2023-03-21', repaid(100_500n, '2023-02-11')).status).toBe('closed');
  });

  it('day by day comes to the same as in one step', () => {
    const small: LoanTerms = { ...FREE, penalty: { ratePerYear: '0.001', graceDays: 0 } };
    const daily = Array.from({ length: 9 }, (_, at) => repaid(0n, `2023-02-0${at + 1}`));
    const owed = (...facts: readonly LoanFact[]) =>
      loan(small, 1, '2023-02-20', ...facts).installments[0]?.owed.penalty;
    expect(owed(...daily)).toBe(owed());
  });
});

const total = (a: string, b: string): string => (Number(a) + Number(b)).toFixed(2);
