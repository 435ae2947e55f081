import { START, termsWith } from '../../../../tests/support/progressive-loans';
import { dayOf, dueDays } from '../../../calendar';
import { businessDate } from '../../../kernel';
import { LOAN_DAY_COUNTS, type LoanTerms, type Period } from '../../loan-terms';
import { nominalUnits } from '../model/nominal-units';
import { factorOf, type Stretch, yearShareOf } from '../model/year-share';
import { isInStep, isSteady, type PlainDates, sharesOf, stretchAt } from './shares';

const day = (text: string): number => dayOf(businessDate(text));
const MONTHLY: Period = { every: 1, unit: 'months' };
const DAYS: Period = { every: 10, unit: 'days' };

const under = (
  interest: Partial<LoanTerms['interest']>,
  period: Period = MONTHLY,
  calendar: LoanTerms['dueDates']['calendar'] = { adjustment: 'none' },
): LoanTerms => {
  const plain = termsWith();
  return {
    ...plain,
    interest: { ...plain.interest, ...interest },
    dueDates: { ...plain.dueDates, period, calendar },
  };
};

const datesOf = (start: number, period: Period, count: number): PlainDates => ({
  start,
  dues: dueDays({ seed: start, count, rhythm: { kind: 'every', ...period }, monthEnd: 'clip' }),
});

/** The share of each period, and which periods were looked up one by one to say so. */
const asked = (terms: LoanTerms, dates: PlainDates, inStep = true) => {
  const looked: number[] = [];
  const shareOf = (stretch: Stretch) => {
    looked.push(stretch.due);
    const units = nominalUnits(terms.dueDates, dates.start, stretch);
    return yearShareOf(terms, stretch, stretch.from, stretch.due, units);
  };
  const shares = sharesOf(terms, dates, inStep, shareOf);
  const singly = dates.dues.map((_, index) => factorOf(1, shareOf(stretchAt(dates, index))));
  return { shares, singly, looked: looked.slice(0, looked.length - dates.dues.length) };
};

/** 29 February 2028 lies in the seventh period from 15 August 2027. */
const OVER_A_LEAP_YEAR = datesOf(day('2027-08-15'), MONTHLY, 36);
const MIDDLE = datesOf(START, MONTHLY, 6);

describe('the share of a year of each period of a plan', () => {
  const everyWay = LOAN_DAY_COUNTS.flatMap((dayCount) =>
    (['calendar', 'february-29-periods', 'fixed-365'] as const).flatMap((yearLength) =>
      (['31-december', '1-january'] as const).flatMap((yearSplit) =>
        (['daily', 'per-period'] as const).map((calculation) => ({ dayCount, yearLength, yearSplit, calculation })),
      ),
    ),
  );

  test.each<[string, Period, PlainDates, boolean]>([
    ['months', MONTHLY, OVER_A_LEAP_YEAR, true],
    ['months, out of step', MONTHLY, OVER_A_LEAP_YEAR, false],
    ['months from the end of one', MONTHLY, datesOf(day('2027-10-31'), MONTHLY, 20), true],
    ['months from New Year', MONTHLY, datesOf(day('2027-01-01'), MONTHLY, 26), true],
    ['months from the last day of a year', MONTHLY, datesOf(day('2026-12-31'), MONTHLY, 26), true],
    ['weeks', { every: 5, unit: 'weeks' } as const, datesOf(START, { every: 5, unit: 'weeks' }, 30), true],
    ['years', { every: 3, unit: 'years' } as const, datesOf(START, { every: 3, unit: 'years' }, 4), true],
  ])('is what looking up each by itself says: %s', (_, period, dates, inStep) => {
    const others = everyWay.filter((interest) => {
      if (interest.dayCount.startsWith('nominal') && !inStep) return false;
      if (interest.dayCount === 'act/act-icma' && period.every > 1) return false;
      const { shares, singly } = asked(under(interest, period), dates, inStep);
      return !shares.every((share, index) => Math.abs(share - (singly[index] ?? Number.NaN)) < 1e-14);
    });
    expect(others).toEqual([]);
  });

  test.each([
    ['nominal-30/360', 'daily', MONTHLY],
    ['nominal-30/364', 'daily', { every: 2, unit: 'weeks' }],
    ['nominal-30/365', 'daily', DAYS],
    ['act/act-icma', 'daily', MONTHLY],
    ['30/360-bond', 'daily', MONTHLY],
    ['30/360-us', 'daily', MONTHLY],
    ['30e/360', 'daily', { every: 1, unit: 'years' }],
    ['30e/360-isda', 'daily', MONTHLY],
    ['act/360', 'per-period', MONTHLY],
    ['30/360-bond', 'per-period', { every: 2, unit: 'weeks' }],
  ] as const)('%s %s, all alike, is looked up once', (dayCount, calculation, period) => {
    const terms = under({ dayCount, calculation }, period);
    const dates = datesOf(START, period, 6);
    expect(isSteady(terms, START)).toBe(true);
    expect(asked(terms, dates).looked).toEqual([dates.dues[0]]);
    expect(asked(terms, dates, false).looked).toEqual(dates.dues);
  });

  test.each([
    ['act/360', 'calendar'],
    ['act/364', 'calendar'],
    ['act/365f', 'calendar'],
    ['act/act-isda', 'fixed-365'],
  ] as const)('%s (%s) needs no looking up', (dayCount, yearLength) => {
    const terms = under({ dayCount, yearLength });
    expect(isSteady(terms, START)).toBe(false);
    for (const inStep of [true, false]) expect(asked(terms, OVER_A_LEAP_YEAR, inStep).looked).toEqual([]);
    // By the period, only what is counted in days follows them.
    const inDays = under({ dayCount, yearLength, calculation: 'per-period' }, DAYS);
    expect(isSteady(inDays, START)).toBe(false);
    expect(asked(inDays, datesOf(START, DAYS, 6)).looked).toEqual([]);
    const inMonths = under({ dayCount, yearLength, calculation: 'per-period' });
    expect(asked(inMonths, MIDDLE, false).looked).toEqual(MIDDLE.dues);
  });

  test('months of thirty days are alike from days of the month that no month lacks', () => {
    for (const dayCount of ['30/360-bond', '30/360-us', '30e/360', '30e/360-isda'] as const) {
      expect(isSteady(under({ dayCount }), day('2026-01-27'))).toBe(true);
      expect(isSteady(under({ dayCount }), day('2026-01-28'))).toBe(false);
      expect(isSteady(under({ dayCount }, DAYS), day('2026-01-15'))).toBe(false);
      expect(isSteady(under({ dayCount }, { every: 2, unit: 'weeks' }), day('2026-01-15'))).toBe(false);
      const late = datesOf(day('2026-01-28'), MONTHLY, 4);
      expect(asked(under({ dayCount }), late).looked).toEqual(late.dues);
    }
  });

  test.each(['31-december', '1-january'] as const)(
    'a calendar year is looked up once, also where a period goes over New Year (%s)',
    (yearSplit) => {
      const terms = under({ dayCount: 'act/act-isda', yearSplit });
      expect(asked(terms, OVER_A_LEAP_YEAR).looked).toEqual([]);
      // Of nominal months, those that lie in years of two lengths are looked up.
      const nominal = under({ dayCount: 'nominal-30/act', yearSplit });
      expect(asked(nominal, OVER_A_LEAP_YEAR).looked).toEqual([]);
      expect(asked(nominal, MIDDLE, false).looked).toEqual(MIDDLE.dues);
      const ofTwoYears = datesOf(START, { every: 2, unit: 'years' }, 3);
      expect(
        asked(under({ dayCount: 'act/act-isda', yearSplit }, { every: 2, unit: 'years' }), ofTwoYears).looked,
      ).toEqual(ofTwoYears.dues);
      const ofOneYear = datesOf(START, { every: 1, unit: 'years' }, 6);
      expect(
        asked(under({ dayCount: 'act/act-isda', yearSplit }, { every: 1, unit: 'years' }), ofOneYear).looked,
      ).toEqual([]);
      expect(
        asked(under({ dayCount: 'act/act-isda', yearSplit, calculation: 'per-period' }), MIDDLE, false).looked,
      ).toEqual(MIDDLE.dues);
    },
  );

  test('a year of 366 days only with a 29 February: those periods are looked up', () => {
    for (const dayCount of ['act/act-isda', 'nominal-30/act'] as const) {
      const terms = under({ dayCount, yearLength: 'february-29-periods' });
      const { dues } = OVER_A_LEAP_YEAR;
      expect(asked(terms, OVER_A_LEAP_YEAR).looked).toEqual([day('2028-03-15')]);
      expect(dues).toContain(day('2028-03-15'));
      const upTo = datesOf(day('2027-11-29'), MONTHLY, 6);
      expect(asked(terms, upTo).looked).toEqual([day('2028-02-29')]);
    }
    const fixed = under({ dayCount: 'nominal-30/act', yearLength: 'fixed-365' });
    expect(asked(fixed, OVER_A_LEAP_YEAR).looked).toEqual([]);
  });
});

test('due dates are in step unless a calendar, a first date or a fixed length moves them', () => {
  const agreement = { principal: 1n, installments: 6, submittedOn: START };
  expect(isInStep(under({}), agreement)).toBe(true);
  expect(isInStep(under({}), { ...agreement, firstDueOn: START + 20 })).toBe(false);
  expect(isInStep(under({}), { ...agreement, fixedLengthDays: 190 })).toBe(false);
  const moved = under({}, MONTHLY, { name: 'CN@2026.1', adjustment: 'following' });
  expect(isInStep(moved, agreement)).toBe(false);
});

test('each period runs from the due date before it, the first from the start', () => {
  const { start, dues } = MIDDLE;
  expect(stretchAt(MIDDLE, 0)).toEqual({ from: start, due: dues[0] });
  expect(stretchAt(MIDDLE, 3)).toEqual({ from: dues[2], due: dues[3] });
});
