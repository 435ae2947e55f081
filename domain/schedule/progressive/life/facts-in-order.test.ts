import { paidOut, repaid, START } from '../../../../tests/support/progressive-loans';
import type { LoanFact } from '../../replay';
import { inOrder, standingFacts } from './facts-in-order';

const dated = (id: string, on: number, knownOn = on) => ({ id, on, knownOn });
const rate = (id: string, on: number): LoanFact => ({ ...dated(id, on), kind: 'rate-change', perYear: '0.1' });
const fee = (id: string, on: number, dueOn?: number): LoanFact => ({
  ...dated(id, on),
  kind: 'charge',
  charge: 'fee',
  calculation: { kind: 'flat', amount: '1.00' },
  ...(dueOn !== undefined && { dueOn }),
});
const undo = (id: string, of: string): LoanFact => ({ ...dated(id, START + 9), kind: 'undo', of });
const idsOf = (facts: readonly LoanFact[]): string => facts.map(({ id }) => id).join(' ');

/** However they arrive. */
const ordered = (...facts: readonly LoanFact[]): string => {
  const order = idsOf(inOrder(facts, true));
  expect(idsOf(inOrder(facts.toReversed(), true))).toBe(order);
  expect(idsOf(inOrder([...facts.slice(1), ...facts.slice(0, 1)], true))).toBe(order);
  return order;
};

describe('the order in which facts count', () => {
  test('by the day: nothing before the first payout but changes of plan', () => {
    const first = { ...paidOut(100n, START, 'z'), knownOn: START + 5 };
    const second = paidOut(100n, START + 1, 'a');
    expect(ordered(repaid(1n, START, 'c'), second, rate('r', START), first)).toBe('r z c a');
  });

  test('of two payouts on the first day that of the lesser id is the first; the other waits its turn', () => {
    const [one, other] = [paidOut(100n, START, 'm'), paidOut(100n, START, 'n')];
    expect(ordered(other, repaid(1n, START, 'b'), one)).toBe('m b n');
  });

  test('on one day as they became known, then by id', () => {
    const late = { ...repaid(1n, START + 3, 'a'), knownOn: START + 8 };
    const known = (id: string) => ({ ...repaid(1n, START + 3, id), knownOn: START + 4 });
    expect(ordered(paidOut(100n), late, known('d'), known('c'), known('e'))).toBe('a-disbursement c d e a');
  });

  test('a charge that was due before it was known counts from its due date, after what was known of that day', () => {
    const facts = [
      paidOut(100n),
      fee('f', START + 10, START + 3),
      repaid(1n, START + 3, 'p'),
      repaid(1n, START + 5, 'q'),
    ];
    expect(ordered(...facts)).toBe('a-disbursement p f q');
    expect(ordered(paidOut(100n), fee('f', START + 4, START + 9), repaid(1n, START + 5, 'q'))).toBe(
      'a-disbursement f q',
    );
    expect(ordered(paidOut(100n), fee('f', START + 6), repaid(1n, START + 5, 'q'))).toBe('a-disbursement q f');
    const heardOfLater = { ...repaid(1n, START + 3, 'p'), knownOn: START + 12 };
    expect(ordered(paidOut(100n), fee('f', START + 10, START + 3), heardOfLater)).toBe('a-disbursement f p');
  });

  test('a rate that is agreed before its first day changes the plan at once, as things become known', () => {
    const early = { ...rate('r', START + 9), knownOn: START + 3 };
    const paid = [repaid(1n, START + 3, 'p'), repaid(1n, START + 3, 's'), repaid(1n, START + 4, 'q')];
    expect(ordered(paidOut(100n), early, ...paid)).toBe('a-disbursement p r s q');
    expect(ordered(paidOut(100n), { ...early, knownOn: START + 12 }, repaid(1n, START + 9, 'q'))).toBe(
      'a-disbursement r q',
    );
  });

  test('changes of plan that begin on one day count by the days on which they were agreed, however late they are known', () => {
    const moved = (id: string, on: number, knownOn: number): LoanFact => ({
      ...{ id, on: START + on, knownOn: START + knownOn, kind: 'due-date-move' },
      ...{ from: START + 5, to: START + 9 },
    });
    expect(ordered(paidOut(100n), moved('m', 1, 8), moved('n', 2, 3))).toBe('a-disbursement m n');
  });

  test('grace and further installments count from the day that they begin on', () => {
    const grace: LoanFact = { ...dated('g', START + 1), kind: 'grace', from: START + 6, principal: 1, interest: 0 };
    const more: LoanFact = { ...dated('h', START + 1), kind: 'extra-installments', from: START + 4, count: 1 };
    expect(ordered(paidOut(100n), grace, more, repaid(1n, START + 5, 'q'))).toBe('a-disbursement h q g');
  });

  test('further installments of a plan that does not follow payments count as soon as they are agreed', () => {
    const more: LoanFact = { ...dated('h', START + 1), kind: 'extra-installments', from: START + 9, count: 1 };
    const facts = [paidOut(100n), more, repaid(1n, START + 5, 'q')];
    expect(idsOf(inOrder(facts, false))).toBe('a-disbursement h q');
    expect(idsOf(inOrder(facts, true))).toBe('a-disbursement q h');
    expect(idsOf(inOrder([...facts, { ...more, id: 'i', knownOn: START + 12 }], false))).toBe('a-disbursement h i q');
  });
});

describe('facts that stand', () => {
  const [payout, paid] = [paidOut(100n, START, 'a'), repaid(1n, START + 1, 'p')];

  test('are those that were not undone', () => {
    expect(idsOf(standingFacts([payout, paid]))).toBe('a p');
    expect(idsOf(standingFacts([payout, paid, undo('u', 'p')]))).toBe('a');
    expect(idsOf(standingFacts([payout, paid, undo('u', 'p'), undo('v', 'p')]))).toBe('a');
  });

  test('stand again once what undid them is undone: all of it', () => {
    expect(idsOf(standingFacts([payout, paid, undo('u', 'p'), undo('v', 'u')]))).toBe('a p');
    expect(idsOf(standingFacts([payout, paid, undo('u', 'p'), undo('v', 'p'), undo('w', 'v')]))).toBe('a');
    expect(idsOf(standingFacts([payout, paid, undo('u', 'p'), undo('v', 'u'), undo('w', 'v')]))).toBe('a');
  });

  test('of two undos that name each other the one that is named first stands', () => {
    const facts = [payout, paid, undo('u', 'v'), undo('v', 'u'), { ...undo('w', 'p'), of: 'p' }];
    expect(idsOf(standingFacts(facts))).toBe('a');
    expect(idsOf(standingFacts([payout, paid, undo('u', 'v'), undo('v', 'u'), undo('x', 'w'), undo('w', 'p')]))).toBe(
      'a p',
    );
  });
});
