import { dayOf } from '../calendar';
import { businessDate } from '../kernel';
import { type LoanTerms, plainTerms } from './loan-terms';
import type { LoanFact, PortionAmounts } from './replay';
import { payoffOf, replayLoan } from './replay-loan';

/** Charges that the terms tie to a payout or to an early end, on both ways of planning. */

const day = (text: string): number => dayOf(businessDate(text));
const START = day('2026-01-10');
const agreement = { principal: 120_000n, installments: 3, submittedOn: START };
const paidOut = (id: string, amount: bigint, on = START): LoanFact => ({
  kind: 'disbursement',
  id,
  on,
  knownOn: on,
  amount,
});
const totalOf = ({ principal, interest, fee, penalty }: PortionAmounts): bigint => principal + interest + fee + penalty;

describe.each(['progressive', 'cumulative'] as const)('a loan planned as %s', (planning) => {
  const terms = (charges: LoanTerms['charges']): LoanTerms => ({
    ...plainTerms('CNY', '0.12'),
    planning,
    tranches: { several: true, fullTerm: false },
    charges,
  });

  it('keeps charges of a payout back: of the first one, and of each tranche on its own amount', () => {
    const kept = terms([
      { name: 'opening', kind: 'fee', time: 'disbursement', calculation: { kind: 'flat', amount: '10.00' } },
      {
        name: 'transfer',
        kind: 'fee',
        time: 'tranche',
        calculation: { kind: 'share', of: 'principal', share: '0.01', least: '3.00' },
      },
    ]);
    const later = day('2026-01-20');
    const facts = [paidOut('a', 100_000n), paidOut('b', 20_000n, later)];
    const { charges, disbursements, installments, outstanding, transactions } = replayLoan(
      kept,
      agreement,
      facts,
      later,
    );
    expect(disbursements).toEqual([
      { fact: 'a', on: START, amount: 100_000n, kept: 2_000n },
      { fact: 'b', on: later, amount: 20_000n, kept: 300n },
    ]);
    expect(transactions.map(({ fact, kind, parts, balance }) => [fact, kind, parts.fee, balance])).toEqual([
      ['a', 'disbursement', 0n, 100_000n],
      ['a', 'disbursement-charge', 2_000n, 100_000n],
      ['b', 'disbursement', 0n, 120_000n],
      ['b', 'disbursement-charge', 300n, 120_000n],
    ]);
    expect(charges).toMatchObject([
      { fact: 'opening', amount: 1_000n, paid: 1_000n, outstanding: 0n },
      { fact: 'transfer 1', dueOn: START, amount: 1_000n, paid: 1_000n },
      { fact: 'transfer 2', dueOn: later, amount: 300n, paid: 300n },
    ]);
    expect(installments.reduce((sum, { owed }) => sum + owed.principal, 0n)).toBe(120_000n);
    expect(outstanding).toMatchObject({ principal: 120_000n, fee: 0n });
    // Undone, a payout never kept anything back.
    const undo: LoanFact = { kind: 'undo', id: 'c', on: later, knownOn: later, of: 'b' };
    expect(replayLoan(kept, agreement, [...facts, undo], later).disbursements).toHaveLength(1);
  });

  describe('with a charge for an early end', () => {
    const early = terms([
      {
        name: 'early end',
        kind: 'fee',
        time: 'early-settlement',
        calculation: { kind: 'share', of: 'outstanding-principal', share: '0.01' },
      },
    ]);
    const facts = [paidOut('a', 120_000n)];
    const on = day('2026-02-20');
    const paid = (amount: bigint, when = on): LoanFact => ({
      kind: 'credit',
      credit: 'repayment',
      id: 'p',
      on: when,
      knownOn: when,
      amount,
    });

    it('quotes it with the payoff, and is closed by just that', () => {
      const plain = payoffOf({ ...early, charges: [] }, agreement, facts, on);
      const quote = payoffOf(early, agreement, facts, on);
      expect(quote).toEqual({ ...plain, fee: 1_200n });
      const closed = replayLoan(early, agreement, [...facts, paid(totalOf(quote))], on);
      expect(closed).toMatchObject({ status: 'closed', overpaid: 0n, charges: [{ fact: 'early end', paid: 1_200n }] });
      const payoff: LoanFact = { kind: 'payoff', id: 'p', on, knownOn: on };
      expect(replayLoan(early, agreement, [...facts, payoff], on)).toMatchObject({ status: 'closed', overpaid: 0n });
    });

    it('asks for it of whoever pays all but it', () => {
      const plain = totalOf(payoffOf({ ...early, charges: [] }, agreement, facts, on));
      const left = replayLoan(early, agreement, [...facts, paid(plain)], on);
      expect(left.status).toBe('active');
      // What is left of the principal goes on bearing interest where that follows days.
      expect(left.outstanding.principal + left.outstanding.fee).toBe(1_200n);
    });

    it('charges nothing for a part that comes early, nor at the end', () => {
      expect(replayLoan(early, agreement, [...facts, paid(60_000n)], on).charges).toEqual([]);
      const end = day('2026-04-10');
      const last = payoffOf(early, agreement, facts, end);
      expect(last.fee).toBe(0n);
      expect(replayLoan(early, agreement, [...facts, paid(totalOf(last), end)], end)).toMatchObject({
        status: 'closed',
        charges: [],
      });
    });
  });

  it('charges a first-installment fee with the first installment', () => {
    const { installments } = replayLoan(
      terms([{ name: 'f', kind: 'fee', time: 'first-installment', calculation: { kind: 'flat', amount: '7.00' } }]),
      agreement,
      [paidOut('a', 120_000n)],
      START,
    );
    expect(installments.map(({ owed }) => owed.fee)).toEqual([700n, 0n, 0n]);
  });
});
