import { agreed, paidOut, repaid, START, termsWith } from '../../../tests/support/progressive-loans';
import { dateOf, dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import type { LoanFact } from '../replay';
import { replay } from '.';

const agreement = agreed(10_000n, 6);
const terms = termsWith({
  rate: { kind: 'fixed', perYear: '0.07' },
  interest: { ...termsWith({}).interest, dayCount: 'nominal-30/360' },
});
const on = (date: string) => dayOf(businessDate(date));
const dated = (day: number, id: string) => ({ id, on: day, knownOn: day });
const move = (from: string, to: string, id = 'm', known = START): LoanFact => ({
  ...dated(known, id),
  kind: 'due-date-move',
  from: on(from),
  to: on(to),
});
const account = (asOf: number, ...facts: readonly LoanFact[]) =>
  replay(terms, agreement, [paidOut(10_000n), ...facts], asOf);
const rows = (asOf: number, ...facts: readonly LoanFact[]): readonly string[] =>
  account(asOf, ...facts).installments.map(({ due, owed }) => `${dateOf(due)} ${owed.principal} ${owed.interest}`);

test('no installment is worked out anew: the last one asks for what the days bear more', () => {
  expect(rows(START, move('2026-02-15', '2026-03-15'))).toEqual([
    '2026-03-15 1584 117',
    '2026-04-15 1652 49',
    '2026-05-15 1662 39',
    '2026-06-15 1671 30',
    '2026-07-15 1681 20',
    '2026-08-15 1750 10',
  ]);
});

test('a date may move more than once, and back', () => {
  const there = move('2026-02-15', '2026-03-15', 'a');
  expect(rows(START, there, move('2026-03-15', '2026-02-15', 'b'))).toEqual(rows(START));
});

test('what was paid before the day stays paid', () => {
  const paid = repaid(1_701n, on('2026-02-10'), 'p');
  const moved = account(on('2026-03-20'), paid, move('2026-03-15', '2026-04-20', 'm', on('2026-03-01')));
  expect(moved.installments[0]).toMatchObject({ due: on('2026-02-15'), metOn: on('2026-02-10') });
  expect(moved.installments[1]?.due).toBe(on('2026-04-20'));
  expect(moved.outstanding.principal + (moved.installments[0]?.paid.principal ?? 0n)).toBe(10_000n);
});

test('days without interest bear none, whatever installment they come to', () => {
  const pause: LoanFact = { ...dated(on('2026-02-10'), 'a'), kind: 'interest-pause', through: on('2026-03-20') };
  // 25 of the 59 days of two months, then 26 of the 31 days of one.
  expect(rows(START, pause, move('2026-02-15', '2026-03-15')).slice(0, 2)).toEqual([
    '2026-03-15 1652 49',
    '2026-04-15 1660 41',
  ]);
});

test('a fee is due with the installment that its day falls in', () => {
  const fee: LoanFact = {
    ...dated(START + 1, 'f'),
    kind: 'charge',
    charge: 'fee',
    calculation: { kind: 'flat', amount: '5.00' },
    dueOn: on('2026-03-01'),
  };
  const fees = (...facts: readonly LoanFact[]) => account(START + 1, ...facts).installments.map(({ owed }) => owed.fee);
  expect(fees(fee).slice(0, 2)).toEqual([0n, 500n]);
  expect(fees(fee, move('2026-02-15', '2026-03-15')).slice(0, 2)).toEqual([500n, 0n]);
  const late: LoanFact = { ...fee, dueOn: on('2026-08-01') };
  expect(account(START + 1, late).installments).toHaveLength(7);
  expect(account(START + 1, late, move('2026-02-15', '2026-03-15')).installments).toHaveLength(6);
});

test('a fee for a day after the end goes with the installment that comes to be there', () => {
  const fee = (id: string, dueOn: string): LoanFact => ({
    ...dated(START + 1, id),
    kind: 'charge',
    charge: 'fee',
    calculation: { kind: 'flat', amount: '5.00' },
    dueOn: on(dueOn),
  });
  const more: LoanFact = { ...dated(START + 2, 'x'), kind: 'extra-installments', from: on('2026-03-15'), count: 1 };
  const told = account(START + 2, fee('f', '2026-08-01'), fee('g', '2026-09-01'), more).installments;
  expect(told.slice(5).map(({ from, due, owed }) => [dateOf(from), dateOf(due), owed.fee])).toEqual([
    ['2026-06-15', '2026-07-15', 0n],
    ['2026-07-15', '2026-08-15', 500n],
    ['2026-08-15', '2026-09-01', 500n],
  ]);
});
