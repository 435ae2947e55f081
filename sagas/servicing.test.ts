import type { LoanEvent } from '../domain/loan';
import { active, aged, LOAN, repaid } from '../tests/support/example-loan';
import { sagaSpecification, wantsCommand, wantsDeadline } from '../tests/support/saga-specification';
import { servicing } from './servicing';

const { given, keyOf } = sagaSpecification(servicing);

/** What is wanted after the last of these facts that servicing hears of. */
const lastOf = (facts: readonly LoanEvent[]) => {
  const last = facts.findLast(({ type }) => servicing.types.includes(type));
  if (last === undefined) throw new Error('servicing hears of none of these');
  return given({ [LOAN]: facts }).when(LOAN, last);
};
const aging = (day: string, at: string) => [wantsDeadline('age', at, { asOf: day })];

describe('servicing', () => {
  it('wakes a new loan on its first due date, at midnight in China', () =>
    lastOf(active).wants(aging('2026-02-15', '2026-02-14T16:00:00.000Z')));

  it('wakes what has fallen due on the day after, when it is late', () =>
    lastOf(aged('2026-02-15')).wants(aging('2026-02-16', '2026-02-15T16:00:00.000Z')));

  it('then when its grace days are over, and from then on only when something happens', async () => {
    await lastOf(aged('2026-02-16')).wants(aging('2026-02-19', '2026-02-18T16:00:00.000Z'));
    const charged = aged('2026-02-19', aged('2026-02-16', aged('2026-02-15')));
    await lastOf(charged).wants(aging('2026-03-15', '2026-03-14T16:00:00.000Z'));
  });

  it('wakes a loan that is paid up on its next due date', () =>
    lastOf(repaid(active, 'r1', '1080.07', '2026-02-15')).wants(aging('2026-03-15', '2026-03-14T16:00:00.000Z')));

  it('lets a loan rest that owes nothing any more', () =>
    lastOf(repaid(active, 'r1', '4000.00', '2026-02-15')).wants([{ kind: 'cancel-deadline', name: 'age' }]));

  it('ages a loan up to the day that it was woken for, however late that is', () =>
    given({})
      .whenDue(LOAN, 'age', { asOf: '2026-02-15' })
      .wants([wantsCommand('age', 'AgeLoan', { loanId: LOAN, asOf: '2026-02-15' })]));

  it('keeps the order of what happens to one loan', () => {
    expect(active.map((fact) => keyOf(LOAN, fact))).toEqual([LOAN, LOAN]);
  });
});
