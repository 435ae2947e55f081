import { agreed, paidOut, repaid, START, termsWith } from '../../../tests/support/progressive-loans';
import { dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import type { AllocationBucket } from '../loan-terms';
import type { LoanFact } from '../replay';
import { payoff, replay } from '.';

const ORDER = (['past-due', 'due', 'in-advance'] as const).flatMap((state) =>
  (['penalty', 'fee', 'principal', 'interest'] as const).map((portion): AllocationBucket => ({ state, portion })),
);

/** Published: C4206. */
test('all that is left unpaid bears interest to the last due date, also where the end of the plan is paid already', () => {
  const terms = termsWith({
    allocation: {
      kind: 'by-order',
      processing: 'horizontal',
      orders: [{ order: ORDER, inAdvance: 'last-installment' }],
    },
  });
  const facts = [paidOut(1_000_000n), repaid(400_000n, START, 'b')];
  const { installments, outstanding } = replay(terms, agreed(1_000_000n, 6), facts, dayOf(businessDate('2026-12-31')));
  const bears = (from: number, due: number): bigint => BigInt(Math.round((600_000 * 0.12 * (due - from)) / 365));
  expect(installments.filter(({ metOn }) => metOn === START).length).toBeGreaterThan(1);
  expect(outstanding.principal).toBe(600_000n);
  expect(outstanding.interest).toBe(installments.reduce((sum, { from, due }) => sum + bears(from, due), 0n));
});

describe.each([
  { until: 'payoff-date', days: 1n },
  { until: 'rest-date', days: 31n },
] as const)('a payoff to the $until behind an installment that asks for nothing', ({ until, days }) => {
  const terms = termsWith();
  const { recalculation } = terms;
  if (recalculation === undefined) throw new Error('plain terms recalculate');
  const counting = { ...terms, recalculation: { ...recalculation, payoffUntil: until } };
  const after = START + 60;
  const facts: readonly LoanFact[] = [
    paidOut(1_000_000n),
    { kind: 'extra-installments', id: 'b', on: after - 1, knownOn: after + 100, from: after, count: 1 },
  ];

  test('asks for what overdue principal bears after the last due date, and takes it', () => {
    const dueBy = replay(counting, agreed(1_000_000n, 2), facts, after - 1);
    const { principal, interest } = payoff(counting, agreed(1_000_000n, 2), facts, after);
    expect(principal).toBe(1_000_000n);
    expect(interest).toBe(dueBy.outstanding.interest + (1_000_000n * 12n * days + 18_250n) / 36_500n);
    const paid = repaid(principal + interest, after, 'z');
    expect(replay(counting, agreed(1_000_000n, 2), [...facts, paid], after)).toMatchObject({
      status: 'closed',
      overpaid: 0n,
    });
  });
});
