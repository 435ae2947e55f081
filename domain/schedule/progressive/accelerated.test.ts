import { paidOut, repaid, termsWith } from '../../../tests/support/progressive-loans';
import { dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import type { AllocationBucket, LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { replay } from '.';

/** All falls due at once, as published (C3689, C3465, C3762): of 100.00 at 7 % in six months from 1 January 2024. */

const day = (text: string): number => dayOf(businessDate(text));
const START = day('2024-01-01');
const dated = (id: string, on: number, knownOn = on) => ({ id, on, knownOn });
const plain = termsWith({ rate: { kind: 'fixed', perYear: '0.07' }, chargeOff: 'accelerate-maturity' });
const terms: LoanTerms = { ...plain, interest: { ...plain.interest, dayCount: 'nominal-30/360' } };
const lived = (facts: readonly LoanFact[], asOf: number, own = terms) =>
  replay(own, { principal: 10_000n, installments: 6, submittedOn: START }, [paidOut(10_000n, START), ...facts], asOf);

const ORDER = (['past-due', 'due', 'in-advance'] as const).flatMap((state) =>
  (['penalty', 'fee', 'interest', 'principal'] as const).map((portion): AllocationBucket => ({ state, portion })),
);
const lastFirst: LoanTerms = {
  ...terms,
  allocation: { kind: 'by-order', processing: 'horizontal', orders: [{ order: ORDER, inAdvance: 'last-installment' }] },
};

describe.each(['charge-off', 'termination'] as const)('a %s', (kind) => {
  const end = (on: number): LoanFact => ({ ...dated('e', on), kind });

  test('allocates what was paid of installments that are gone to what is left, as far as interest went that day', () => {
    const facts = [
      repaid(1_701n, day('2024-02-01'), 'b'),
      repaid(1_701n, day('2024-02-15'), 'c'),
      end(day('2024-02-29')),
    ];
    const { installments, transactions } = lived(facts, day('2024-02-29'), lastFirst);
    expect(
      installments.map(({ owed, paid }) => [owed.principal, owed.interest, paid.principal, paid.interest]),
    ).toEqual([
      [1_643n, 58n, 1_643n, 58n],
      [8_357n, 42n, 1_677n, 24n],
    ]);
    expect(transactions.map(({ balance }) => balance)).toEqual([10_000n, 8_357n, 6_680n, 6_680n]);
  });

  test('leaves charges that are due later an installment of their own, on the last of their days', () => {
    const calculation = { kind: 'flat', amount: '5.00' } as const;
    const fee: LoanFact = {
      ...dated('c', day('2024-02-01')),
      kind: 'charge',
      charge: 'fee',
      calculation,
      dueOn: day('2024-03-05'),
    };
    const facts = [repaid(1_701n, day('2024-02-01'), 'b'), fee, end(day('2024-02-15'))];
    const { installments } = lived(facts, day('2024-02-15'));
    expect(installments.at(-1)).toMatchObject({ due: day('2024-03-05'), owed: { principal: 0n, fee: 500n } });
    const paid = lived([...facts, repaid(9_381n, day('2024-02-20'), 'f')], day('2024-02-20'));
    expect(paid.charges).toMatchObject([{ amount: 500n, paid: 500n, outstanding: 0n }]);
  });

  test('of a plan that follows no payments leaves no balance below nothing where money pays what was put back after it', () => {
    const { recalculation: _, ...fixed } = terms;
    const facts: readonly LoanFact[] = [
      repaid(10_050n, START, 'b'),
      { ...dated('c', START), kind: 'chargeback', of: 'b', amount: 50n },
    ];
    expect(lived(facts, START, fixed).outstanding.principal).toBeGreaterThan(50n);
    const { outstanding, transactions } = lived([...facts, end(START)], START, fixed);
    expect([outstanding.principal, outstanding.interest]).toEqual([0n, 0n]);
    expect(transactions.map(({ balance }) => balance)).toEqual([10_000n, 0n, 0n, 0n]);
  });

  test('is none of a loan that owes nothing, by money that became known later', () => {
    const late: LoanFact = {
      ...dated('f', day('2024-03-01'), day('2024-03-31')),
      kind: 'credit',
      credit: 'repayment',
      amount: 8_406n,
    };
    const facts = [repaid(1_701n, day('2024-02-01'), 'b'), end(day('2024-03-31')), late];
    const { status, installments, transactions } = lived(facts, day('2024-03-31'));
    expect(status).toBe('closed');
    expect(installments).toHaveLength(6);
    expect(transactions.map(({ fact }) => fact)).not.toContain('e');
  });
});
