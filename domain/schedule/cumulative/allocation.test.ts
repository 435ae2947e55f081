import type { AllocationRules, LoanTerms } from '../loan-terms';
import { FLAT, fee, loan } from './lives.fixture';
import { day, repaid, transactionsOf } from './terms.fixture';

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
