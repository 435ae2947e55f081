import { agreed, paidOut, repaid, START, termsWith } from '../../../tests/support/progressive-loans';
import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { payoff, replay } from '.';

type InAdvance = 'next-installment' | 'last-installment' | 'reamortize' | 'running-then-last';

const plain = termsWith();
const NOTHING = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };
const STATES = ['past-due', 'due', 'in-advance'] as const;

/** Payoffs count interest to the end of the running period; principal is paid before interest. */
const resting = (frequency: 'daily' | 'per-installment', inAdvance: InAdvance = 'reamortize'): LoanTerms => {
  if (plain.recalculation === undefined) throw new RangeError('plain terms recalculate');
  const order = STATES.flatMap((state) =>
    (['principal', 'interest', 'penalty', 'fee'] as const).map((portion) => ({ state, portion })),
  );
  return termsWith({
    recalculation: { ...plain.recalculation, payoffUntil: 'rest-date', rest: { frequency, every: 1 } },
    allocation: { kind: 'by-order', processing: 'horizontal', orders: [{ order, inAdvance }] },
  });
};

/** 10,000.00 over six months at 12 %. */
const agreement = agreed(1_000_000n, 6);
const loan = (terms: LoanTerms, facts: readonly LoanFact[], asOf: number) =>
  replay(terms, agreement, [paidOut(1_000_000n), ...facts], asOf);

describe('a loan whose payoff counts interest to the rest date', () => {
  test.each(['daily', 'per-installment'] as const)(
    'is closed by all of it, whatever the money pays first: rest %s',
    (frequency) => {
      const terms = resting(frequency);
      // 31 days to the rest date of 10,000.00 at 12 %.
      const quote = payoff(terms, agreement, [paidOut(1_000_000n)], START + 1);
      expect(quote).toEqual({ ...NOTHING, principal: 1_000_000n, interest: 10_192n });
      const closed = loan(terms, [repaid(1_010_192n, START + 1, 'b')], START + 1);
      expect(closed).toMatchObject({ status: 'closed', outstanding: NOTHING, overpaid: 0n });
      expect(loan(terms, [repaid(1_010_191n, START + 1, 'b')], START + 1).status).not.toBe('closed');
    },
  );

  it('pays it where the running installment was paid in advance, too', () => {
    const terms = resting('daily', 'next-installment');
    const early = repaid(800_000n, START + 10, 'b');
    const quote = payoff(terms, agreement, [paidOut(1_000_000n), early], START + 11);
    const closed = loan(terms, [early, repaid(quote.principal + quote.interest, START + 11, 'c')], START + 11);
    expect(closed).toMatchObject({ status: 'closed', overpaid: 0n });
    // Ten days of 10,000.00, and 21 of the 2,032.88 left.
    expect(closed.installments.map(({ owed }) => owed.interest)).toEqual([3288n, 0n, 0n, 0n, 1403n, 0n]);
    expect(closed.installments[0]?.metOn).toBe(START + 11);
  });

  it('lets what is overdue bear interest to the end of the period where installments rest there', () => {
    const interest = (frequency: 'daily' | 'per-installment') =>
      loan(resting(frequency), [], START + 40).installments.map(({ owed }) => owed.interest);
    // All of February on 10,000.00, and nine days of it with 19 on what would be left.
    expect(interest('per-installment').slice(0, 2)).toEqual([10_192n, 9205n]);
    expect(interest('daily').slice(0, 2)).toEqual([10_192n, 8192n]);
  });

  it.each(['daily', 'per-installment'] as const)('is closed by its payoff on any day: rest %s', (frequency) => {
    for (const inAdvance of ['next-installment', 'last-installment', 'reamortize', 'running-then-last'] as const) {
      const terms = resting(frequency, inAdvance);
      for (let after = 1; after < 175; after += 7) {
        const paid = [repaid(150_000n, START + 1, 'b')];
        const { principal, interest } = payoff(terms, agreement, [paidOut(1_000_000n)], START + after);
        const last = repaid(principal + interest, START + after, 'z');
        expect(loan(terms, [last], START + after)).toMatchObject({ status: 'closed', overpaid: 0n });
        expect(loan(terms, [...paid, last], START + after)).toMatchObject({ status: 'overpaid', outstanding: NOTHING });
      }
    }
  });
});
