import { agreed, paidOut, START, termsWith } from '../../../tests/support/progressive-loans';
import { dateOf, dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import type { LoanFact } from '../replay';
import { replay } from '.';

const terms = termsWith({
  rate: { kind: 'fixed', perYear: '0' },
  dueDates: { ...termsWith().dueDates, period: { unit: 'days', every: 15 } },
});
const on = (date: string) => dayOf(businessDate(date));
const dated = (id: string) => ({ id, on: START, knownOn: START });
const move = (from: string, to: string, id = 'm'): LoanFact => ({
  ...dated(id),
  kind: 'due-date-move',
  from: on(from),
  to: on(to),
});
const extra = (from: string, count: number): LoanFact => ({
  ...dated('x'),
  kind: 'extra-installments',
  from: on(from),
  count,
});
/** Three periods of 15 days, of which the last ends with the whole. */
const datesOf = (fixedLengthDays: number, ...facts: readonly LoanFact[]): string =>
  replay(terms, { ...agreed(9_000n, 3), fixedLengthDays }, [paidOut(9_000n), ...facts], START)
    .installments.map(({ due }) => dateOf(due).slice(5))
    .join(' ');

test('a fixed length moves the last due date alone', () => {
  expect(datesOf(45)).toBe('01-30 02-14 03-01');
  expect(datesOf(40)).toBe('01-30 02-14 02-24');
  expect(datesOf(50)).toBe('01-30 02-14 03-06');
});

test('once a due date is moved, the last period stays as long as it is', () => {
  expect(datesOf(40, move('2026-02-14', '2026-02-20'))).toBe('01-30 02-20 03-02');
  expect(datesOf(40, move('2026-01-30', '2026-02-03'))).toBe('02-03 02-18 02-28');
  expect(datesOf(40, move('2026-02-24', '2026-03-05'))).toBe('01-30 02-14 03-05');
  expect(datesOf(40, move('2026-02-14', '2026-02-20', 'a'), move('2026-02-20', '2026-02-14', 'b'))).toBe(datesOf(40));
});

test('installments added to it are due as they would be without a fixed length', () => {
  expect(datesOf(40, extra('2026-01-30', 2))).toBe('01-30 02-14 02-24 03-16 03-31');
  expect(datesOf(50, extra('2026-01-30', 1))).toBe('01-30 02-14 03-06 03-16');
});

test('those that such a date would come too late for are counted from the last due date', () => {
  expect(datesOf(70, extra('2026-01-30', 2))).toBe('01-30 02-14 03-26 04-10 04-25');
  expect(datesOf(70, extra('2026-01-30', 2), move('2026-02-14', '2026-02-13'))).toBe('01-30 02-13 03-25 04-09 04-24');
  const facts = [extra('2026-01-30', 1), move('2026-02-14', '2026-02-15')];
  expect(datesOf(55, ...facts)).toBe('01-30 02-15 03-12 03-17');
});
