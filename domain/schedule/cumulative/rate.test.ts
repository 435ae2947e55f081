import { LOAN_DAY_COUNTS, type LoanTerms, type Period } from '../loan-terms';
import { rateRuleOf, type Span } from './rate';
import { CLASSIC, day } from './terms.fixture';

const START = day('2026-08-31');
const PERIOD: Span = { from: START, due: START + 30 };

const MONTHLY: Period = { every: 1, unit: 'months' };

const ruleOf = (interest: Partial<LoanTerms['interest']>, period = MONTHLY, seed = START) =>
  rateRuleOf(
    { ...CLASSIC, interest: { ...CLASSIC.interest, ...interest }, dueDates: { ...CLASSIC.dueDates, period } },
    seed,
  );

const kindBetween = (interest: Partial<LoanTerms['interest']>, from: string, to: string): number | undefined =>
  ruleOf(interest).kindOf(day(from), day(to));

describe('days of one kind', () => {
  const inYears = (yearSplit: LoanTerms['interest']['yearSplit']) =>
    ({ dayCount: 'act/act-isda', yearLength: 'calendar', yearSplit }) as const;

  test('are told by their number, where a year has a fixed one', () => {
    for (const dayCount of ['act/360', 'act/364', 'act/365f'] as const) {
      expect(kindBetween({ dayCount, yearLength: 'calendar' }, '2027-01-31', '2027-02-28')).toBe(28);
    }
    expect(kindBetween({ dayCount: 'act/act-isda', yearLength: 'fixed-365' }, '2027-12-31', '2028-01-31')).toBe(31);
    expect(kindBetween({ dayCount: '30/360-bond' }, '2027-01-31', '2027-03-31')).toBe(60);
    expect(kindBetween({ dayCount: '30e/360' }, '2027-02-15', '2027-03-15')).toBe(30);
  });

  test('are all one where each period bears the same, and none where its own length counts', () => {
    const whole = { calculation: 'per-period', partialPeriods: false } as const;
    expect(kindBetween(whole, '2027-01-31', '2027-02-28')).toBe(0);
    expect(kindBetween({ ...whole, partialPeriods: true }, '2027-01-31', '2027-02-28')).toBeUndefined();
    expect(kindBetween({ dayCount: 'nominal-30/360' }, '2027-01-31', '2027-02-28')).toBeUndefined();
    expect(kindBetween({ dayCount: 'nominal-30/act' }, '2027-01-31', '2027-02-28')).toBeUndefined();
    const leap = { dayCount: 'act/act-isda', yearLength: 'february-29-periods' } as const;
    expect(kindBetween(leap, '2027-01-31', '2027-02-28')).toBeUndefined();
  });

  test.each<[string, string, LoanTerms['interest']['yearSplit'], number | undefined]>([
    ['2027-01-31', '2027-02-28', '31-december', 2 * 28],
    ['2028-01-31', '2028-02-29', '31-december', 2 * 29 + 1],
    ['2027-12-30', '2027-12-31', '31-december', 2],
    ['2027-12-29', '2027-12-31', '31-december', 4],
    ['2027-12-29', '2028-01-01', '31-december', undefined],
    ['2027-12-31', '2028-01-31', '31-december', 2 * 31 + 1],
    ['2027-12-31', '2028-01-31', '1-january', undefined],
    ['2027-12-30', '2027-12-31', '1-january', 2],
    ['2027-12-31', '2028-01-01', '1-january', 2],
    ['2027-12-31', '2028-01-02', '1-january', undefined],
    ['2028-01-01', '2028-01-31', '1-january', 2 * 30 + 1],
    ['2028-12-20', '2029-01-01', '1-january', 2 * 12 + 1],
    ['2028-12-20', '2029-01-02', '1-january', undefined],
    // Days in two years of 365 count as in one.
    ['2025-12-15', '2026-01-15', '1-january', 2 * 31],
    ['2026-06-30', '2027-06-30', '1-january', 2 * 365],
    ['2025-06-30', '2027-01-01', '1-january', 2 * 550],
    ['2025-06-30', '2027-01-02', '1-january', undefined],
    ['2025-06-30', '2026-12-31', '31-december', 2 * 549],
  ])('from %s to %s, split on %s', (from, to, yearSplit, kind) => {
    expect(kindBetween(inYears(yearSplit), from, to)).toBe(kind);
  });

  // Forwards and backwards: what was looked up of one year says nothing of another.
  const stretches = [...Array(160).keys(), 3, 90, 5].flatMap((at) =>
    [1, 28, 31, 366].map((length) => ({ from: START + at * 11, due: START + at * 11 + length })),
  );

  test('are told by their months, from one day of the month that due dates are counted from to another', () => {
    const kindIn = (period: Period, from: string, to: string) =>
      ruleOf({ dayCount: 'nominal-30/360' }, period, day('2027-01-15')).kindOf(day(from), day(to));
    expect(kindIn(MONTHLY, '2027-01-15', '2027-02-15')).toBe(1);
    expect(kindIn(MONTHLY, '2027-02-15', '2027-03-15')).toBe(1);
    expect(kindIn(MONTHLY, '2027-03-15', '2028-03-15')).toBe(12);
    expect(kindIn(MONTHLY, '2027-03-15', '2027-04-14')).toBeUndefined();
    expect(kindIn(MONTHLY, '2027-04-14', '2027-05-15')).toBeUndefined();
    expect(kindIn({ every: 2, unit: 'weeks' }, '2027-01-31', '2027-02-14')).toBe(14);
    expect(kindIn({ every: 1, unit: 'years' }, '2027-01-15', '2029-01-15')).toBe(24);
    expect(kindIn({ every: 1, unit: 'years' }, '2027-01-15', '2027-07-15')).toBeUndefined();
  });

  /** The first factor of each kind is that of all others. */
  const othersIn = ({ kindOf, factor }: ReturnType<typeof ruleOf>): readonly Span[] => {
    const known = new Map<number, number>();
    return stretches.filter((span) => {
      const kind = kindOf(span.from, span.due);
      if (kind === undefined) return false;
      const { near } = factor('0.12', span.from, span.due, span);
      const first = known.get(kind) ?? near;
      known.set(kind, first);
      return first !== near;
    });
  };

  test.each(LOAN_DAY_COUNTS.filter((dayCount) => dayCount !== 'act/act-icma'))('bear the same: %s', (dayCount) => {
    for (const yearSplit of ['31-december', '1-january'] as const) {
      for (const seed of [START, START - 16]) {
        expect(othersIn(ruleOf({ dayCount, yearSplit, yearLength: 'calendar' }, MONTHLY, seed))).toEqual([]);
      }
    }
  });
});

describe('a factor', () => {
  test.each<Partial<LoanTerms['interest']>>([
    { dayCount: 'act/365f' },
    { dayCount: 'act/act-isda', yearLength: 'calendar' },
    { dayCount: '30/360-bond' },
  ])('is worked out once for as many days at one rate: %j', (interest) => {
    const { factor } = ruleOf(interest);
    const first = factor('0.12', START, START + 30, PERIOD);
    expect(factor('0.12', START, START + 30, PERIOD)).toBe(first);
    const other = factor('0.13', START, START + 30, PERIOD);
    expect(other).not.toEqual(first);
    expect(factor('0.12', START, START + 30, PERIOD)).toBe(first);
    expect(factor('0.13', START, START + 30, PERIOD)).toBe(other);
    expect(factor('0.12', START, START + 29, PERIOD)).not.toEqual(first);
  });

  test('of a part of a period is worked out for itself', () => {
    const { factor } = ruleOf({ calculation: 'per-period' });
    const part = factor('0.12', START, START + 10, PERIOD);
    expect(factor('0.12', START, START + 11, PERIOD).near).toBeCloseTo(part.near * 1.1, 12);
  });

  test('of one rate is carried once', () => {
    const { standard } = ruleOf({ dayCount: 'act/365f' });
    expect(standard('0.12').near).toBeCloseTo((0.12 * 30) / 365, 15);
    expect(ruleOf({ dayCount: 'act/365f' }, { every: 2, unit: 'weeks' }).standard('0.12').near).toBeCloseTo(
      (0.12 * 14) / 365,
      15,
    );
  });
});

describe('days are counted', () => {
  const units = (numerator: number, denominator: number, perYear: bigint) => ({
    kind: 'units',
    part: { numerator, denominator },
    perYear,
  });

  test.each<[string, Partial<LoanTerms['interest']>, Period | undefined, object, object, object]>([
    ['by the day', { dayCount: 'act/365f' }, undefined, units(30, 1, 365n), units(30, 1, 365n), units(90, 1, 365n)],
    [
      'by the day of 364',
      { dayCount: 'act/364' },
      undefined,
      units(30, 1, 364n),
      units(30, 1, 364n),
      units(90, 1, 364n),
    ],
    ['by thirties', { dayCount: '30/360-bond' }, undefined, units(30, 1, 360n), units(30, 1, 360n), units(90, 1, 360n)],
    [
      'by the period',
      { calculation: 'per-period' },
      undefined,
      units(30, 30, 12n),
      units(1, 1, 12n),
      units(89, 30, 12n),
    ],
    [
      'by the whole period',
      { calculation: 'per-period', partialPeriods: false },
      { every: 2, unit: 'weeks' },
      units(2, 1, 52n),
      units(2, 1, 52n),
      units(6, 1, 52n),
    ],
    [
      'by years',
      { dayCount: 'act/act-isda', yearLength: 'calendar' },
      { every: 1, unit: 'years' },
      { kind: 'years', part: { numerator: 30, denominator: 365 } },
      units(365, 1, 365n),
      units(90, 1, 365n),
    ],
    [
      'by nominal years',
      { dayCount: 'nominal-30/360' },
      { every: 1, unit: 'years' },
      units(30 * 360, 365, 360n),
      units(365, 1, 360n),
      units(90, 1, 360n),
    ],
    [
      'by nominal weeks',
      { dayCount: 'nominal-30/360' },
      { every: 1, unit: 'weeks' },
      units(30, 1, 360n),
      units(7, 1, 360n),
      units(90, 1, 360n),
    ],
    [
      'by periods of days',
      { calculation: 'per-period', dayCount: 'act/360' },
      { every: 10, unit: 'days' },
      units(30, 1, 360n),
      units(10, 1, 360n),
      units(90, 1, 360n),
    ],
    [
      'by periods of days of actual years',
      { calculation: 'per-period', dayCount: 'act/act-isda' },
      { every: 10, unit: 'days' },
      units(30, 1, 365n),
      units(10, 1, 365n),
      units(90, 1, 365n),
    ],
  ])('%s', (_, interest, period, days, standard, flat) => {
    const { counted } = ruleOf(interest, period);
    expect(counted.days(START, START + 30, PERIOD)).toEqual(days);
    expect(counted.standard).toEqual(standard);
    expect(counted.flat(START, START + 90, 3)).toEqual(flat);
  });
});
