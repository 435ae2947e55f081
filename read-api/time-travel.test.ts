import { businessDate, instant } from '../domain/kernel';
import type { LoanEvent } from '../domain/loan';
import { active, aged, LOAN, obey, repaid, repayment } from '../tests/support/example-loan';
import { recorded } from '../tests/support/saga-specification';
import { canFold, plain, stateAt } from './time-travel';

/** Facts of a loan, each booked on the day after the one before. */
const booked = (events: readonly LoanEvent[]) =>
  events.map((event, index) =>
    recorded(LOAN, event, {
      revision: BigInt(index),
      businessDate: '2026-01-15',
      bookedAt: `2026-02-${String(index + 1).padStart(2, '0')}T02:00:00.000Z`,
    }),
  );

const day = businessDate;

describe('the state of a thing', () => {
  const facts = booked(repaid(active, 'r1', '100.00', '2026-02-20'));

  it('is what all its facts fold to', () => {
    expect(stateAt('loan', facts, {})).toMatchObject({
      derivable: true,
      state: { status: 'active', applied: ['repayment-r1'] },
    });
  });

  it('as of a business date is made of what counts for that day or before', () => {
    expect(stateAt('loan', facts, { asOf: day('2026-02-19') })).toMatchObject({
      state: { status: 'active', applied: [] },
    });
    expect(stateAt('loan', facts, { asOf: day('2026-02-20') })).toMatchObject({ state: { applied: ['repayment-r1'] } });
  });

  it('as known at an instant is made of what had been booked by then', () => {
    const knownAt = instant('2026-02-01T12:00:00.000Z');
    expect(stateAt('loan', facts, { knownAt })).toMatchObject({ state: { status: 'opened' } });
  });

  it('is made of nothing before its first fact', () => {
    expect(stateAt('loan', facts, { knownAt: instant('2025-01-01T00:00:00.000Z') })).toMatchObject({
      derivable: true,
      state: { status: 'none' },
    });
  });

  it('is not made up where a fact that was booked late builds on facts of later days', () => {
    // Aged on the 16th; then money comes in that counts for the 14th, a day before the installment fell due.
    const late = booked(obey(aged('2026-02-16'), day('2026-02-17'), repayment('r1', '100.00', '2026-02-14')));
    expect(stateAt('loan', late, {})).toMatchObject({ derivable: true });
    expect(stateAt('loan', late, { asOf: day('2026-02-14') })).toEqual({
      derivable: false,
      why: expect.stringContaining('RepaymentApplied'),
    });
    const knownAt = instant('2026-02-04T12:00:00.000Z');
    expect(stateAt('loan', late, { asOf: day('2026-02-14'), knownAt })).toMatchObject({ derivable: true });
  });

  it('is there for every category, and for nothing that only looks like one', () => {
    for (const category of ['identity', 'borrower', 'loan', 'ledger']) expect(canFold(category)).toBe(true);
    for (const category of ['constructor', 'toString', '__proto__', 'nothing', '']) {
      expect(canFold(category)).toBe(false);
      expect(stateAt(category, facts, {})).toMatchObject({ derivable: false });
    }
  });

  it('prints as plain JSON: whole numbers as texts, collections as lists', () => {
    expect(plain({ minor: 2n ** 64n, set: new Set(['a']), map: new Map([['k', 1n]]), none: undefined })).toEqual({
      minor: '18446744073709551616',
      set: ['a'],
      map: [['k', '1']],
    });
  });
});
