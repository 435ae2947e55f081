import { agreed, START, termsWith } from '../../../../tests/support/progressive-loans';
import { dateOf, dayOf } from '../../../calendar';
import { businessDate } from '../../../kernel';
import type { LoanTerms } from '../../loan-terms';
import { dueDatesOf } from './repayment-periods';

const day = (text: string) => dayOf(businessDate(text));
const weekly = (calendar: LoanTerms['dueDates']['calendar']): LoanTerms =>
  termsWith({ dueDates: { ...termsWith().dueDates, period: { every: 1, unit: 'weeks' }, calendar } });
const duesOf = (terms: LoanTerms, installments: number, from: string): readonly string[] =>
  dueDatesOf(terms, agreed(1n, installments), day(from)).map(dateOf);

// The Spring Festival of 2026: 15 to 23 February are days off.
const CHINA: LoanTerms['dueDates']['calendar'] = { name: 'CN@2026.1', adjustment: 'following' };

test('dates that are no business days move as the terms say', () => {
  expect(duesOf(weekly(CHINA), 2, '2026-02-03')).toEqual(['2026-02-10', '2026-02-24']);
  expect(duesOf(weekly({ adjustment: 'following' }), 2, '2026-02-03')).toEqual(['2026-02-10', '2026-02-17']);
});

test('two installments are never due on one day', () => {
  expect(() => duesOf(weekly(CHINA), 3, '2026-02-03')).toThrow('due dates come one after the other');
  expect(() => duesOf(weekly(CHINA), 3, '2026-02-02')).toThrow('due dates come one after the other');
  const short = { ...agreed(1n, 3), fixedLengthDays: 14 };
  expect(() => dueDatesOf(weekly({ adjustment: 'none' }), short, START)).toThrow('due dates come one after the other');
  const long = { ...short, fixedLengthDays: 15 };
  expect(dueDatesOf(weekly({ adjustment: 'none' }), long, START).at(-1)).toBe(START + 15);
});

test('a calendar that nobody knows is not taken in silence', () => {
  const terms = weekly({ name: 'MOON@2026.1', adjustment: 'following' });
  expect(() => duesOf(terms, 2, '2026-02-03')).toThrow('the calendar MOON@2026.1 is known');
});
