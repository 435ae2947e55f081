import { dayOf } from '../calendar';
import { businessDate } from '../kernel';
import { type LoanTerms, plainTerms } from './loan-terms';
import type { LoanFact, PortionAmounts } from './replay';
import { payoffOf, replayLoan } from './replay-loan';

/** How loans end, on both ways of planning: 1,200.00 at 12 % in four months from 15 January. */

const day = (text: string): number => dayOf(businessDate(text));
const START = day('2026-01-15');
const agreement = { principal: 120_000n, installments: 4, submittedOn: START };
const dated = (id: string, on: string) => ({ id, on: day(on), knownOn: day(on) });
const paidOut: LoanFact = { ...dated('a', '2026-01-15'), kind: 'disbursement', amount: 120_000n };
const repaid = (id: string, on: string, amount: bigint): LoanFact => ({
  ...dated(id, on),
  kind: 'credit',
  credit: 'repayment',
  amount,
});
const totalOf = ({ principal, interest, fee, penalty }: PortionAmounts): bigint => principal + interest + fee + penalty;
const plain = plainTerms('CNY', '0.12');

describe.each(['progressive', 'cumulative'] as const)('a loan planned as %s', (planning) => {
  const terms: LoanTerms = { ...plain, planning, tranches: { several: true, fullTerm: false } };

  test('owes nothing after its payoff, also where interest is flat and nobody waits for that of months to come', () => {
    const flat: LoanTerms = { ...terms, interest: { ...plain.interest, method: 'flat' } };
    for (const own of [terms, flat]) {
      const quote = payoffOf(own, agreement, [paidOut], day('2026-01-28'));
      const account = replayLoan(
        own,
        agreement,
        [paidOut, repaid('b', '2026-01-28', totalOf(quote))],
        day('2026-07-01'),
      );
      expect(account).toMatchObject({ status: 'closed', overpaid: 0n });
      expect(totalOf(account.outstanding)).toBe(0n);
    }
  });

  test('owes at once what is paid out after a charge-off that made all of it due', () => {
    const facts: readonly LoanFact[] = [
      paidOut,
      { ...dated('b', '2026-02-20'), kind: 'charge-off' },
      { ...dated('c', '2026-02-25'), kind: 'disbursement', amount: 5_000n },
    ];
    const own: LoanTerms = { ...terms, chargeOff: 'accelerate-maturity' };
    const { installments, outstanding } = replayLoan(own, agreement, facts, day('2026-02-25'));
    expect(outstanding.principal).toBe(125_000n);
    expect(installments.at(-1)).toMatchObject({ due: day('2026-02-25'), owed: { principal: 5_000n }, balance: 0n });
  });

  test('takes what comes in for a debt that was given up as recovered, whatever it was called when it came', () => {
    const settled: LoanFact = { ...dated('b', '2026-02-04'), kind: 'settlement', amount: 10_000n };
    const late = repaid('c', '2026-02-10', 2_500n);
    const { status, overpaid, transactions } = replayLoan(
      terms,
      agreement,
      [paidOut, settled, late],
      day('2026-02-10'),
    );
    expect({ status, overpaid }).toEqual({ status: 'settled', overpaid: 0n });
    expect(transactions.at(-1)).toMatchObject({ fact: 'c', kind: 'recovery', amount: 2_500n, overpaid: 0n, lines: [] });
  });

  test('shows no balance below zero where money came before what it pays was lent', () => {
    const facts: readonly LoanFact[] = [
      paidOut,
      repaid('b', '2026-01-15', 120_100n),
      { ...dated('c', '2026-01-20'), kind: 'disbursement', amount: 5_000n },
    ];
    const { transactions } = replayLoan(terms, agreement, facts, day('2026-01-20'));
    expect(transactions.every(({ balance }) => balance >= 0n)).toBe(true);
  });
});
