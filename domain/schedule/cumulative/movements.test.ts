import type { AllocationRules, LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { payoff, replay } from '.';
import { CLASSIC, day, disbursed, installmentsOf, RECALCULATED, repaid, transactionsOf } from './terms.fixture';

/** 1,000.00 at no interest (or 1 % a month, flat) in months from 1 January 2023. */
const FREE: LoanTerms = {
  ...CLASSIC,
  rate: { kind: 'fixed', perYear: '0' },
  interest: { ...CLASSIC.interest, calculation: 'per-period' },
};
const FLAT: LoanTerms = { ...FREE, rate: CLASSIC.rate, interest: { ...FREE.interest, method: 'flat' } };

const paidOut = disbursed(100_000n, '2023-01-01');
const loan = (terms: LoanTerms, count: number, asOf: string, ...facts: readonly LoanFact[]) =>
  replay(
    terms,
    { principal: 100_000n, installments: count, submittedOn: day('2023-01-01') },
    [paidOut, ...facts],
    day(asOf),
  );

const dated = (id: string, on: string) => ({ id, on: day(on), knownOn: day(on) });
const fee = (on: string, dueOn: string | undefined, amount: string, charge: 'fee' | 'penalty' = 'fee'): LoanFact => ({
  kind: 'charge',
  charge,
  calculation: { kind: 'flat', amount },
  ...dated(`${charge}-${dueOn ?? 'each'}`, on),
  ...(dueOn !== undefined && { dueOn: day(dueOn) }),
});
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

const total = (a: string, b: string): string => (Number(a) + Number(b)).toFixed(2);

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

describe('named orders', () => {
  const by = (strategy: Extract<AllocationRules, { kind: 'named' }>['strategy']): LoanTerms => ({
    ...FLAT,
    allocation: { kind: 'named', strategy },
  });
  const charged = [fee('2023-01-01', '2023-01-10', '20.00'), fee('2023-01-01', '2023-01-30', '7.00', 'penalty')];
  const split = (terms: LoanTerms, on: string, amount: bigint): string =>
    transactionsOf(loan(terms, 2, on, ...charged, repaid(amount, on)))[1]
      ?.split(': ')[1]
      ?.split(' |')[0] ?? '';

  it.each([
    ['penalties-fees-interest-principal', '0.00 3.00 20.00 7.00'],
    ['penalties-fees-principal-interest', '3.00 0.00 20.00 7.00'],
    ['principal-interest-penalties-fees', '30.00 0.00 0.00 0.00'],
    ['interest-principal-penalties-fees', '20.00 10.00 0.00 0.00'],
    ['due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest', '10.00 0.00 20.00 0.00'],
    ['due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee', '0.00 3.00 20.00 7.00'],
  ] as const)('%s in advance: %s', (strategy, expected) => {
    expect(split(by(strategy), '2023-01-15', 3_000n)).toBe(expected);
  });

  it.each([
    ['penalties-fees-interest-principal', '3.00 10.00 20.00 7.00'],
    ['penalties-fees-principal-interest', '13.00 0.00 20.00 7.00'],
    ['principal-interest-penalties-fees', '40.00 0.00 0.00 0.00'],
    ['interest-principal-penalties-fees', '30.00 10.00 0.00 0.00'],
    ['due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest', '3.00 10.00 20.00 7.00'],
    ['due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee', '23.00 10.00 0.00 7.00'],
  ] as const)('%s when due: %s', (strategy, expected) => {
    expect(split(by(strategy), '2023-02-01', 4_000n)).toBe(expected);
  });

  it('a charge is due from its own day on', () => {
    const inAdvance = by('due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest');
    expect(split(inAdvance, '2023-01-09', 3_000n)).toBe('30.00 0.00 0.00 0.00');
    expect(split(inAdvance, '2023-01-10', 3_000n)).toBe('10.00 0.00 20.00 0.00');
    expect(split(inAdvance, '2023-01-30', 3_000n)).toBe('3.00 0.00 20.00 7.00');
    const twice = loan(
      inAdvance,
      2,
      '2023-01-12',
      ...charged,
      repaid(1_500n, '2023-01-11'),
      repaid(1_000n, '2023-01-12'),
    );
    expect(transactionsOf(twice)[2]?.split(': ')[1]).toBe('5.00 0.00 5.00 0.00 | 0.00 | 995.00');
  });

  it('say of each line where the money went', () => {
    const account = loan(by('penalties-fees-interest-principal'), 3, '2023-03-01', repaid(90_000n, '2023-03-01'));
    expect(
      account.transactions[1]?.lines.map(({ amount, installment, portion, state }) => [
        installment,
        portion,
        amount,
        state,
      ]),
    ).toEqual([
      [1, 'interest', 1_000n, 'past-due'],
      [1, 'principal', 33_300n, 'past-due'],
      [2, 'interest', 1_000n, 'due'],
      [2, 'principal', 33_300n, 'due'],
      [3, 'interest', 1_000n, 'in-advance'],
      [3, 'principal', 20_400n, 'in-advance'],
    ]);
    expect(account.installments.map(({ metOn }) => metOn)).toEqual([day('2023-03-01'), day('2023-03-01'), undefined]);
    expect(account.installments.map(({ paidInAdvance, paidLate }) => [paidInAdvance, paidLate])).toEqual([
      [0n, 34_300n],
      [0n, 0n],
      [21_400n, 0n],
    ]);
    expect(account.outstanding).toEqual({ principal: 13_000n, interest: 0n, fee: 0n, penalty: 0n });
    expect(account.overdue).toEqual({ principal: 0n, interest: 0n, fee: 0n, penalty: 0n });
  });
});

describe("orders of one's own", () => {
  const buckets = (['past-due', 'due', 'in-advance'] as const).flatMap((state) =>
    (['penalty', 'fee', 'interest', 'principal'] as const).map((portion) => ({ state, portion })),
  );
  const rules = (
    processing: 'horizontal' | 'vertical',
    inAdvance: 'next-installment' | 'last-installment',
  ): LoanTerms => ({ ...FLAT, allocation: { kind: 'by-order', processing, orders: [{ order: buckets, inAdvance }] } });
  const lines = (terms: LoanTerms) =>
    loan(terms, 4, '2023-03-15', repaid(60_000n, '2023-03-15')).transactions[1]?.lines.map(
      ({ amount, installment, portion }) => [installment, portion, amount],
    );

  it('installment by installment, in advance the next or the last', () => {
    expect(lines(rules('horizontal', 'next-installment'))).toEqual([
      [1, 'interest', 1_000n],
      [1, 'principal', 25_000n],
      [2, 'interest', 1_000n],
      [2, 'principal', 25_000n],
      [3, 'interest', 1_000n],
      [3, 'principal', 7_000n],
    ]);
    expect(lines(rules('horizontal', 'last-installment'))?.slice(4)).toEqual([
      [4, 'interest', 1_000n],
      [4, 'principal', 7_000n],
    ]);
  });

  it('portion by portion', () => {
    expect(lines(rules('vertical', 'next-installment'))).toEqual([
      [1, 'interest', 1_000n],
      [2, 'interest', 1_000n],
      [1, 'principal', 25_000n],
      [2, 'principal', 25_000n],
      [3, 'interest', 1_000n],
      [4, 'interest', 1_000n],
      [3, 'principal', 6_000n],
    ]);
  });
});

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
    expect(account.status).toBe('written-off');
    expect(transactionsOf(account)[1]).toBe('2023-02-20 settlement 600.00: 600.00 0.00 0.00 0.00 | 0.00 | 400.00');
    expect(account.installments[0]?.writtenOff.principal).toBe(40_000n);
  });

  it('what only other plannings know is not taken in silence', () => {
    const fact: LoanFact = { kind: 're-amortize', interest: 'default', ...dated('x', '2023-01-20') };
    expect(() => loan(FREE, 1, '2023-02-25', fact)).toThrow('knows no re-amortize');
  });
});

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
