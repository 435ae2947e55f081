import { agreed, paidOut, START, termsWith } from '../../../tests/support/progressive-loans';
import type { LoanFact } from '../replay';
import { replay } from '.';

const agreement = agreed(1_200_000n, 12);
const terms = termsWith({ rate: { kind: 'fixed', perYear: '0.12' } });
const reAging = (on: number, startsOn: number, installments = 6): LoanFact => ({
  ...{ id: `re-aging ${on}`, on, knownOn: on, kind: 're-age', interest: 'default' },
  ...{ period: { every: 1, unit: 'months' }, startsOn, installments },
});
const installmentsOf = (facts: readonly LoanFact[], asOf: number) =>
  replay(terms, agreement, [paidOut(1_200_000n), ...facts], asOf).installments;

test('days without interest stay so in the installments of a re-aging, also after the end of the old plan', () => {
  const from = START + 21;
  const pause: LoanFact = { id: 'pause', on: from, knownOn: from, kind: 'interest-pause', through: from + 900 };
  const installments = installmentsOf([pause, reAging(from + 10, from + 20, 24)], from + 10);
  const twentyDays = (1_200_000n * 12n * 20n) / 36_500n;
  expect(installments.reduce((sum, { owed }) => sum + owed.interest, 0n)).toBe(twentyDays);
});

test('a plan that is re-aged day after day keeps one stub for all the days before it', () => {
  const days = [0, 1, 2, 3].map((after) => reAging(START + after, START + 40));
  const [stub, next, ...others] = installmentsOf(days, START + 3);
  expect(stub).toMatchObject({ from: START, due: START + 3, owed: { principal: 0n, interest: 0n } });
  expect(next?.due).toBe(START + 40);
  expect(others).toHaveLength(5);
  expect([next, ...others].reduce((sum, each) => sum + (each?.owed.principal ?? 0n), 0n)).toBe(1_200_000n);
});
