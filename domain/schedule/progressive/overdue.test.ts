import { agreed, paidOut, repaid, START, termsWith } from '../../../tests/support/progressive-loans';
import { dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import type { AllocationBucket } from '../loan-terms';
import { replay } from '.';

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
