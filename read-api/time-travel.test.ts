import { businessDate, instant, repaymentId } from '../domain/kernel';
import type { LoanEvent } from '../domain/loan';
import type { RepaymentEvent } from '../domain/repayment';
import { active, aged, cny, LOAN, obey, repaid, repayment } from '../tests/support/example-loan';
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
const REPAYMENT = repaymentId('r1');

describe('the state of a thing', () => {
  const facts = booked(repaid(active, 'r1', '100.00', '2026-02-20'));

  it('is what all its facts fold to', () => {
    expect(stateAt('loan', facts, {})).toMatchObject({
      derivable: true,
      state: { status: 'lent', applied: ['repayment-r1'] },
    });
  });

  it('as of a business date is made of what counts for that day or before', () => {
    expect(stateAt('loan', facts, { asOf: day('2026-02-19') })).toMatchObject({
      state: { status: 'lent', applied: [] },
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

  it('of a loan is made anew where a fact was booked late: both dates can be told', () => {
    // Aged on the 16th; then, on the 17th, money comes in that counts for the 14th, before the installment fell due.
    const late = booked(obey(aged('2026-02-16'), day('2026-02-17'), repayment('r1', '1200.00', '2026-02-14')));
    const lateKnown = late.findIndex(({ type }) => type === 'RepaymentApplied') + 1;
    const dayBefore = instant(`2026-02-${String(lateKnown - 1).padStart(2, '0')}T12:00:00.000Z`);
    expect(stateAt('loan', late, { asOf: day('2026-02-13') })).toMatchObject({ state: { applied: [] } });
    expect(stateAt('loan', late, { asOf: day('2026-02-14') })).toMatchObject({
      derivable: true,
      state: { applied: ['repayment-r1'], bucket: 'current', agedThrough: '2026-02-14' },
    });
    // As it stood on the 16th by what is known now, and by what was known then.
    expect(stateAt('loan', late, { asOf: day('2026-02-16') })).toMatchObject({
      state: { applied: ['repayment-r1'], bucket: 'current' },
    });
    expect(stateAt('loan', late, { asOf: day('2026-02-16'), knownAt: dayBefore })).toMatchObject({
      state: { applied: [], bucket: '1-30' },
    });
  });

  it('of a loan before it was paid out is what had been agreed', () => {
    const tomorrow = booked(active).map((event, index) =>
      index === 0 ? event : { ...event, meta: { ...event.meta, valueDate: day('2026-01-15') } },
    );
    expect(stateAt('loan', tomorrow, { asOf: day('2026-01-15') })).toMatchObject({ state: { status: 'lent' } });
    expect(stateAt('loan', tomorrow, { asOf: day('2026-01-14') })).toMatchObject({ state: { status: 'none' } });
  });

  it('is not made up where a fact that was booked late builds on facts of later days', () => {
    // The channel says on the 3rd that the money had moved on the 1st, before anybody asked for it.
    const movement = { loanId: LOAN, amount: cny('10.00'), channel: 'unionlike', effectId: 'e1' };
    const settled = {
      type: 'RepaymentSettled',
      data: { ...movement, channelReference: 'c', valueDate: day('2026-02-01') },
    };
    const debit = [recorded(REPAYMENT, settled as RepaymentEvent, { revision: 1n })];
    expect(stateAt('repayment', debit, { asOf: day('2026-02-01') })).toEqual({
      derivable: false,
      why: expect.stringContaining('RepaymentSettled'),
    });
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
