import type { LoanTerms } from '../loan-terms';
import { plan } from '.';
import { FREE } from './lives.fixture';
import { day, plannedOf } from './terms.fixture';

const agreement = { principal: 100_000n, installments: 4, submittedOn: day('2023-01-01') };
const lent = { on: day('2023-01-01'), amount: 60_000n };
const later = { on: day('2023-02-15'), amount: 40_000n };
const onDays = (calendar: LoanTerms['dueDates']['calendar']): LoanTerms => ({
  ...FREE,
  dueDates: { ...FREE.dueDates, calendar },
});

test('payouts are planned by their days, in whatever order they are named', () => {
  const inOrder = plan(FREE, agreement, [lent, later]);
  expect(plan(FREE, agreement, [later, lent])).toEqual(inOrder);
  expect(plannedOf(inOrder).map((row) => row.slice(0, 10))).toEqual([
    '2023-02-01',
    '2023-03-01',
    '2023-04-01',
    '2023-05-01',
  ]);
  expect(inOrder[0]?.balance).toBe(35_000n);
  expect(inOrder.at(-1)?.balance).toBe(0n);
});

test('due dates move off days that are no business days, where the terms say so', () => {
  const moved = plan(onDays({ name: 'TARGET@2002.1', adjustment: 'following' }), agreement, [lent]);
  expect(plannedOf(moved).map((row) => row.slice(0, 10))).toEqual([
    '2023-02-01',
    '2023-03-01',
    '2023-04-03',
    '2023-05-02',
  ]);
  const asAgreed = plan(onDays({ name: 'TARGET@2002.1', adjustment: 'none' }), agreement, [lent]);
  expect(asAgreed).toEqual(plan(FREE, agreement, [lent]));
});

test('a calendar that nobody knows is not taken in silence', () => {
  const terms = onDays({ name: 'MOON@2026.1', adjustment: 'following' });
  expect(() => plan(terms, agreement, [lent])).toThrow('the calendar MOON@2026.1 is known');
});
