import { agreed, paidOut, START, termsWith } from '../../../tests/support/progressive-loans';
import type { LoanTerms } from '../loan-terms';
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

test('a termination on the day of a re-aging makes all interest due that has come to that day', () => {
  const on = START + 40;
  const terminated = installmentsOf(
    [reAging(on, on + 10), { id: 'then its end', on, knownOn: on, kind: 'termination' }],
    on,
  );
  const last = terminated.at(-1);
  expect(last?.due).toBe(on);
  expect(last?.owed).toMatchObject({ principal: 1_200_000n, interest: 12_230n + 3_551n });
});

test('what is overdue bears interest, also of an installment that a re-aging has made due on its own day', () => {
  const facts = [reAging(START + 31, START + 31)];
  const interestOf = (asOf: number) => installmentsOf(facts, asOf)[2]?.owed.interest ?? 0n;
  expect(interestOf(START + 59)).toBeGreaterThan(interestOf(START + 31));
});

describe('a plan whose interest is fixed', () => {
  const fixed = termsWith({ rate: { kind: 'fixed', perYear: '0' } });
  const due = [31, 59, 90, 120].map((days) => START + days);
  const told = (facts: readonly LoanFact[], asOf: number) =>
    replay(fixed, agreed(120_000n, 4), [paidOut(120_000n), ...facts], asOf).installments.map((installment) => [
      ...[installment.from - START, installment.due - START],
      ...[installment.owed.principal, installment.owed.fee],
    ]);
  const charge = (dueOn: number): LoanFact => ({
    ...{ id: `charge ${dueOn}`, on: START, knownOn: START, kind: 'charge', charge: 'fee', dueOn },
    calculation: { kind: 'flat', amount: '5' },
  });

  test('ends with a stub on the day that it is re-aged; what came before stays where it was', () => {
    expect(told([reAging(START + 40, START + 50, 2)], START + 40)).toEqual([
      [0, 31, 0n, 0n],
      [31, 40, 0n, 0n],
      [40, 50, 60_000n, 0n],
      [50, 81, 60_000n, 0n],
    ]);
  });

  test('leaves no stub once it is over', () => {
    expect(told([reAging(START + 140, START + 150, 1)], START + 140)).toEqual([
      ...due.map((day, index) => [index === 0 ? 0 : (due[index - 1] ?? 0) - START, day - START, 0n, 0n]),
      [120, 150, 120_000n, 0n],
    ]);
  });

  test('leaves each charge to the installment that its day falls in', () => {
    const charges = [charge(START + 35), charge(START + 100), charge(START + 200)];
    expect(told([...charges, reAging(START + 40, START + 95, 2)], START + 40)).toEqual([
      [0, 31, 0n, 0n],
      [31, 40, 0n, 500n],
      [40, 95, 60_000n, 0n],
      [95, 125, 60_000n, 500n],
      [125, 200, 0n, 500n],
    ]);
  });

  test('shares what is paid out later between the installments that are still to come', () => {
    const again = paidOut(40_000n, START + 60, 'z-again');
    expect(told([reAging(START + 40, START + 50, 3), again], START + 60)).toEqual([
      [0, 31, 0n, 0n],
      [31, 40, 0n, 0n],
      [40, 50, 40_000n, 0n],
      [50, 81, 60_000n, 0n],
      [81, 111, 60_000n, 0n],
    ]);
  });

  test('that begins on the day of a payout has it in the balance from its own first installment on', () => {
    const facts = [paidOut(40_000n, START + 40, 'again'), reAging(START + 40, START + 40, 2)];
    const { installments } = replay(fixed, agreed(120_000n, 4), [paidOut(120_000n), ...facts], START + 40);
    expect(installments.map(({ balance }) => balance)).toEqual([120_000n, 120_000n, 80_000n, 0n]);
  });
});

test('what was overdue when the plan was over bears interest on all of it until it is due anew', () => {
  const tenDays: LoanTerms = { ...terms, dueDates: { ...terms.dueDates, period: { every: 10, unit: 'days' } } };
  const on = START + 60;
  const { installments } = replay(tenDays, agreed(100_000n, 4), [paidOut(100_000n), reAging(on, START + 90, 3)], on);
  const [first, second, third] = installments.slice(-3);
  // 1,000.00 at 12 %: four times ten days and fifty of it, then 30 days of what the first one leaves, then 31.
  expect(first?.owed).toMatchObject({ interest: 4n * 329n + 1_644n, principal: 31_048n });
  expect(second?.owed).toMatchObject({ interest: 680n, principal: 34_312n });
  expect(third?.owed).toMatchObject({ interest: 353n, principal: 34_640n });
});
