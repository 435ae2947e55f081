import { agreed, paidOut, termsWith } from '../../../tests/support/progressive-loans';
import { dateOf, dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { replay } from '.';

const day = (text: string) => dayOf(businessDate(text));
const counted = (dates: Partial<LoanTerms['dueDates']> = {}): LoanTerms =>
  termsWith({ dueDates: { ...termsWith().dueDates, ...dates } });
// Days off in 2026: weekends, and Easter from 3 to 6 April.
const inEurope = (adjustment: LoanTerms['dueDates']['calendar']['adjustment']): LoanTerms =>
  counted({ calendar: { name: 'TARGET@2002.1', adjustment } });

const duesOf = (
  terms: LoanTerms,
  paidOutOn: string,
  count: number,
  changes: readonly LoanFact[],
  others: { readonly firstDueOn?: number; readonly fixedLengthDays?: number } = {},
): readonly string[] => {
  const agreement = { ...agreed(1_000_000n, count), ...others };
  const { installments } = replay(
    terms,
    agreement,
    [paidOut(1_000_000n, day(paidOutOn)), ...changes],
    day('2026-02-10'),
  );
  return installments.map(({ due }) => dateOf(due));
};
const known = (id: string) => ({ id, on: day('2026-02-10'), knownOn: day('2026-02-10') });
const move = (from: string, to: string, id = 'move'): LoanFact => ({
  ...known(id),
  kind: 'due-date-move',
  from: day(from),
  to: day(to),
});
const more = (from: string, count: number): LoanFact => ({
  ...known('more'),
  kind: 'extra-installments',
  from: day(from),
  count,
});

describe('a due date that is moved', () => {
  // 21 February and 21 March 2026 are Saturdays.
  test.each([
    ['following', ['2026-02-21', '2026-03-23', '2026-04-21']],
    ['preceding', ['2026-02-21', '2026-03-20', '2026-04-21']],
    ['none', ['2026-02-21', '2026-03-21', '2026-04-21']],
  ] as const)('is the agreed day itself; those counted from it move off days off: %s', (adjustment, dues) => {
    const own = inEurope(adjustment);
    expect(duesOf(own, '2026-01-13', 3, [move('2026-02-13', '2026-02-21')])).toEqual(dues);
  });

  test.each([
    ['clip', '2026-03-31', ['2026-03-31', '2026-04-30', '2026-05-31']],
    ['first-day-of-next-month', '2026-03-31', ['2026-03-31', '2026-05-01', '2026-05-31']],
    ['clip', '2026-02-28', ['2026-02-28', '2026-03-28', '2026-04-28']],
    ['last-day-of-month', '2026-02-28', ['2026-02-28', '2026-03-31', '2026-04-30']],
  ] as const)('is where later ones are counted from by their months’ ends: %s from %s', (monthEnd, to, dues) => {
    expect(duesOf(counted({ monthEnd }), '2026-01-15', 3, [move('2026-02-15', to)])).toEqual(dues);
  });

  test('leaves those before it where they are, and can be moved again', () => {
    const twice = [move('2026-03-15', '2026-03-21', 'a'), move('2026-03-21', '2026-03-31', 'b')];
    expect(duesOf(counted(), '2026-01-15', 3, twice)).toEqual(['2026-02-15', '2026-03-31', '2026-04-30']);
  });
});

describe('more installments fall due', () => {
  test.each([
    ['following', ['2026-02-03', '2026-03-03', '2026-04-07', '2026-05-04']],
    ['preceding', ['2026-02-03', '2026-03-03', '2026-04-02', '2026-04-30']],
    ['none', ['2026-02-03', '2026-03-03', '2026-04-03', '2026-05-03']],
  ] as const)('on business days, as the others do: %s', (adjustment, dues) => {
    expect(duesOf(inEurope(adjustment), '2026-01-03', 2, [more('2026-03-03', 2)])).toEqual(dues);
  });

  test.each([
    ['clip', '2026-01-31', ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']],
    ['first-day-of-next-month', '2026-01-31', ['2026-03-01', '2026-03-31', '2026-05-01', '2026-05-31']],
    ['last-day-of-month', '2026-01-31', ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']],
  ] as const)('by the months’ ends of the terms: %s from %s', (monthEnd, paidOutOn, dues) => {
    expect(duesOf(counted({ monthEnd }), paidOutOn, 2, [more(dues[1], 2)])).toEqual(dues);
  });

  test('counted from an agreed first date, from the start of a fixed length, and from a date that was moved', () => {
    const extra = more('2026-04-30', 2);
    expect(duesOf(counted(), '2026-01-15', 2, [extra], { firstDueOn: day('2026-03-31') })).toEqual([
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
    ]);
    const length = day('2026-03-31') - day('2026-01-15');
    expect(duesOf(counted(), '2026-01-15', 2, [more('2026-03-31', 2)], { fixedLengthDays: length })).toEqual([
      '2026-02-15',
      '2026-03-31',
      '2026-04-15',
      '2026-05-15',
    ]);
    expect(duesOf(counted(), '2026-01-15', 2, [move('2026-02-15', '2026-03-31'), extra])).toEqual([
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
    ]);
  });

  test('counted from the last one of a re-aging', () => {
    const reAging: LoanFact = {
      ...known('anew'),
      kind: 're-age',
      period: { every: 1, unit: 'months' },
      startsOn: day('2026-03-31'),
      installments: 2,
      interest: 'default',
    };
    expect(duesOf(inEurope('following'), '2026-01-15', 3, [reAging, more('2026-03-31', 2)]).slice(-4)).toEqual([
      '2026-03-31',
      '2026-04-30',
      '2026-06-01',
      '2026-06-30',
    ]);
  });
});
