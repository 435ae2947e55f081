import fc from 'fast-check';
import { addDays, addMonths, businessDate, type Day, daysBetween, epochDay, fromEpochDay } from '../../kernel';
import {
  actuarialRate,
  commonDayOfMonth,
  type DatedFlow,
  europeanRate,
  regulationZ,
  unitPeriodOf,
  unitPeriodsBetween,
  yearsBetween,
} from '.';

const day = (text: string): Day => epochDay(businessDate(text));
const monthly = (from: string, count: number, months = 1): readonly Day[] =>
  Array.from({ length: count }, (_, index) => epochDay(addMonths(businessDate(from), index * months)));
const every = (days: number, from: string, count: number): readonly Day[] =>
  Array.from({ length: count }, (_, index) => day(from) + index * days);
const flows = (cash: bigint, days: readonly Day[]): readonly DatedFlow[] =>
  days.map((on) => ({ on: fromEpochDay(on), cash }));
const once = (cash: bigint, on: string): readonly DatedFlow[] => flows(cash, [day(on)]);

describe('the unit-period (Appendix J (b)(4))', () => {
  it.each([
    ['the month that payments keep to', [day('1978-01-10')], monthly('1978-02-10', 24), { unit: 'month', count: 1 }],
    ['month ends', [day('2023-12-15')], monthly('2024-01-31', 6), { unit: 'month', count: 1 }],
    ['the 30th, on the last of February', [day('2024-12-15')], monthly('2024-12-30', 4), { unit: 'month', count: 1 }],
    ['a quarter', [day('1978-05-23')], monthly('1978-10-01', 40, 3), { unit: 'month', count: 3 }],
    ['a year', [day('2020-01-01')], monthly('2021-01-01', 3, 12), { unit: 'year' }],
    ['two weeks', [day('1978-04-03')], every(14, '1978-04-11', 20), { unit: 'week', count: 2 }],
    ['days', [day('2023-10-26')], every(1, '2023-11-30', 5), { unit: 'day' }],
    [
      'four weeks more often than February is one month',
      [day('2023-01-01')],
      every(28, '2023-02-01', 6),
      { unit: 'week', count: 4 },
    ],
    [
      'half months, the 1st and the 16th',
      [day('2024-01-01')],
      ['2024-01-16', '2024-02-01', '2024-02-16', '2024-03-01', '2024-03-16', '2024-04-01'].map(day),
      { unit: 'semimonth' },
    ],
    [
      'the shorter of two as frequent',
      [day('2024-01-01')],
      ['2024-02-01', '2024-03-01', '2024-03-08', '2024-03-15'].map(day),
      { unit: 'week', count: 1 },
    ],
    [
      'three weeks, nearest to 20 and 22 days',
      [day('2024-01-01')],
      [20, 42].map((at) => day('2024-01-01') + at),
      { unit: 'week', count: 3 },
    ],
    [
      'the average where none repeats',
      [day('2024-01-01')],
      [day('2024-01-30'), day('2024-03-05')],
      { unit: 'month', count: 1 },
    ],
    ['the advances, where they repeat', monthly('2024-01-05', 4), [day('2025-01-20')], { unit: 'month', count: 1 }],
    ['a single payment within a year: the term', [day('1978-01-03')], [day('1978-09-15')], { unit: 'term', days: 255 }],
    ['a term of whole months', [day('1978-01-17')], [day('1978-07-17')], { unit: 'term', days: 181, months: 6 }],
    ['a single payment after more than a year', [day('1978-01-17')], [day('1979-07-17')], { unit: 'year' }],
    ['a single payment on the same day', [day('1978-01-17')], [day('1978-01-17')], { unit: 'term', days: 0 }],
    [
      'a month, however many payments a day has',
      [day('2024-01-01')],
      ['2024-02-01', '2024-02-01', '2024-03-01', '2024-03-01'].map(day),
      { unit: 'month', count: 1 },
    ],
    [
      'a month, as frequent as five weeks',
      [day('2024-01-01')],
      ['2024-02-01', '2024-03-01', '2024-04-05', '2024-05-10'].map(day),
      { unit: 'month', count: 1 },
    ],
    ['a week, nearest to ten days', [day('2024-01-01')], every(10, '2024-01-11', 4), { unit: 'week', count: 1 }],
    ['two weeks, nearest to 13 days', [day('2024-01-01')], every(13, '2024-01-14', 4), { unit: 'week', count: 2 }],
    ['six weeks, nearest to 40 days', [day('2024-01-01')], every(40, '2024-02-10', 4), { unit: 'week', count: 6 }],
    ['52 weeks', [day('2023-01-01')], every(364, '2023-12-31', 3), { unit: 'week', count: 52 }],
    ['a year, nearest to 53 weeks', [day('2023-01-01')], every(371, '2024-01-07', 3), { unit: 'year' }],
    ['a year, nearest to 13 months', [day('2023-01-10')], monthly('2024-02-10', 3, 13), { unit: 'year' }],
    [
      'a year that repeats, though one interval is short',
      [day('2020-01-01')],
      ['2021-01-01', '2022-01-01', '2022-02-05'].map(day),
      { unit: 'year' },
    ],
    [
      'half months, though the last payment is late',
      [day('2024-01-01')],
      ['2024-01-16', '2024-02-01', '2024-02-16', '2024-03-01', '2024-06-20'].map(day),
      { unit: 'semimonth' },
    ],
    [
      'half months, across a February of 28 days',
      [day('2023-02-01')],
      ['2023-02-16', '2023-03-01', '2023-03-16'].map(day),
      { unit: 'semimonth' },
    ],
  ])('is %s', (_, advances, payments, period) => {
    expect(unitPeriodOf(advances, payments)).toEqual(period);
  });

  it('is that of a transaction: money comes and goes', () => {
    expect(() => unitPeriodOf([day('2024-01-01')], [])).toThrow('an advance and a payment');
    expect(() => unitPeriodOf([], [day('2024-01-01')])).toThrow('an advance and a payment');
  });
});

describe('unit-periods between two days (Appendix J (b)(5))', () => {
  it.each([
    // (c)(1)(ii): 19 days back to 1 March.
    [{ unit: 'month', count: 1 } as const, '1978-02-10', '1978-04-01', 1, 19, 30],
    [{ unit: 'month', count: 1 } as const, '1979-04-10', '1979-06-12', 2, 2, 30],
    // Month ends stay month ends, and the 30th falls on the last of February.
    [{ unit: 'month', count: 1 } as const, '2024-01-31', '2024-02-29', 1, 0, 30],
    [{ unit: 'month', count: 1 } as const, '2025-01-30', '2025-02-28', 1, 0, 30],
    [{ unit: 'month', count: 1 } as const, '2025-01-31', '2025-03-31', 2, 0, 30],
    [{ unit: 'month', count: 1 } as const, '2025-01-02', '2025-02-01', 0, 30, 30],
    // (c)(1)(iv): one month and nine days are 39 of 90.
    [{ unit: 'month', count: 3 } as const, '1978-05-23', '1978-10-01', 1, 39, 90],
    [{ unit: 'semimonth' } as const, '2024-01-01', '2024-02-16', 3, 0, 15],
    [{ unit: 'semimonth' } as const, '2024-01-01', '2024-02-20', 3, 4, 15],
    [{ unit: 'semimonth' } as const, '2024-01-01', '2024-03-16', 5, 0, 15],
    // Back from a month's end along the 31st.
    [{ unit: 'month', count: 1 } as const, '2025-01-15', '2025-03-31', 2, 16, 30],
    [{ unit: 'week', count: 2 } as const, '1978-04-03', '1978-04-11', 0, 8, 14],
    [{ unit: 'week', count: 4 } as const, '1978-01-25', '1978-11-13', 10, 12, 28],
    [{ unit: 'day' } as const, '2023-10-26', '2023-11-30', 35, 0, 1],
    // (c)(5)(iii): the rest of whole months in months, any other in days.
    [{ unit: 'year' } as const, '1978-01-17', '1979-07-17', 1, 6, 12],
    [{ unit: 'year' } as const, '1978-01-17', '1979-07-20', 1, 184, 365],
    [{ unit: 'term', days: 255 } as const, '1978-01-03', '1978-09-15', 1, 0, 1],
    [{ unit: 'term', days: 255 } as const, '1978-01-03', '1978-01-03', 0, 0, 255],
  ])('%j from %s to %s: %d and %d/%d', (period, from, to, whole, numerator, denominator) => {
    expect(unitPeriodsBetween(period, day(from), day(to))).toEqual({ whole, part: { numerator, denominator } });
  });

  it('run forwards', () => {
    expect(() => unitPeriodsBetween({ unit: 'day' }, day('2025-01-16'), day('2025-01-15'))).toThrow('run forwards');
  });

  it('run along the day of month that the transaction keeps to', () => {
    const month = { unit: 'month', count: 1 } as const;
    // From 15 January to the end of February: a month back from it is the end of January.
    expect(unitPeriodsBetween(month, day('2025-01-15'), day('2025-02-28'), 31)).toEqual({
      whole: 1,
      part: { numerator: 16, denominator: 30 },
    });
    // Within a month, past the day of month: days alone.
    expect(unitPeriodsBetween(month, day('2025-01-17'), day('2025-01-20'), 15)).toEqual({
      whole: 0,
      part: { numerator: 3, denominator: 30 },
    });
  });
});

describe('the day of month that a series keeps to (Appendix J (b)(3))', () => {
  it.each([
    ['the 15th', ['2024-01-15', '2024-02-15', '2024-05-15'], 15],
    ['the 30th, where February has none', ['2025-01-30', '2025-02-28', '2025-03-30'], 30],
    ['the 29th, in a year without one', ['2025-01-29', '2025-02-28', '2025-03-29'], 29],
    ['the 31st, in months of every length', ['2024-01-31', '2024-02-29', '2024-04-30'], 31],
    ['month ends, though none has 31 days', ['2024-04-30', '2024-06-30', '2024-09-30'], 31],
    ['its own day, if there is one alone', ['2024-04-30'], 30],
    ['none, where one day is another', ['2024-01-15', '2024-02-16', '2024-03-15'], undefined],
    ['none, where February is earlier than it need be', ['2025-01-30', '2025-02-27', '2025-03-30'], undefined],
  ])('is %s', (_, days, dayOfMonth) => {
    expect(commonDayOfMonth(days.map(day))).toBe(dayOfMonth);
  });
});

describe('Regulation Z from days', () => {
  it.each([
    ['(c)(1)(i) regular', [...once(500_000n, '1978-01-10'), ...flows(-23_000n, monthly('1978-02-10', 24))], '0.0969'],
    [
      '(c)(1)(ii) long first period',
      [...once(600_000n, '1978-02-10'), ...flows(-20_000n, monthly('1978-04-01', 36))],
      '0.1182',
    ],
    [
      '(c)(1)(iv) quarterly',
      [...once(1_000_000n, '1978-05-23'), ...flows(-38_500n, monthly('1978-10-01', 40, 3))],
      '0.0897',
    ],
    [
      '(c)(3)(ii) every two weeks',
      [...once(20_000n, '1978-04-03'), ...flows(-950n, every(14, '1978-04-11', 19)), ...once(-3_000n, '1979-01-02')],
      '0.1222',
    ],
    ['(c)(5)(i) a term in days', [...once(100_000n, '1978-01-03'), ...once(-108_000n, '1978-09-15')], '0.1145'],
    ['(c)(5)(iii) a year and months', [...once(100_000n, '1978-01-17'), ...once(-113_519n, '1979-07-17')], '0.0876'],
    [
      '(c)(7)(i) three advances',
      [
        ...once(2_000_000n, '1979-04-10'),
        ...once(2_000_000n, '1979-06-12'),
        ...once(2_000_000n, '1979-09-18'),
        ...flows(-61_236n, monthly('1979-12-10', 240)),
      ],
      '0.1025',
    ],
  ])('%s', (_, dated, rate) => {
    expect(regulationZ(dated, 4)).toEqual({ kind: 'found', rate });
  });

  const none = { numerator: 0, denominator: 1 };

  it('measures every payment along the day of month that all of them keep to', () => {
    // 16 days to the end of January, then whole months: also to the 28th of February.
    const dated = [...once(100_000n, '2025-01-15'), ...flows(-26_000n, monthly('2025-01-31', 5).slice(1))];
    const part = { numerator: 16, denominator: 30 };
    const counted = [1, 2, 3, 4].map((whole) => ({ cash: -26_000n, whole, part }));
    expect(regulationZ(dated, 8)).toEqual(
      actuarialRate([{ cash: 100_000n, whole: 0, part: none }, ...counted], { numerator: 12, denominator: 1 }, 8),
    );
    expect(regulationZ(dated.toReversed(), 8)).toEqual(regulationZ(dated, 8));
  });

  it.each([
    ['days', every(1, '2024-01-02', 5), 365],
    ['half months', ['2024-01-16', '2024-02-01', '2024-02-16', '2024-03-01', '2024-03-16'].map(day), 24],
  ] as const)('has as many %s in a year as the law says', (_, days, perYear) => {
    const dated = [...once(100_000n, '2024-01-01'), ...flows(-20_500n, days)];
    const counted = days.map((_day, index) => ({ cash: -20_500n, whole: index + 1, part: none }));
    expect(regulationZ(dated, 6)).toEqual(
      actuarialRate([{ cash: 100_000n, whole: 0, part: none }, ...counted], { numerator: perYear, denominator: 1 }, 6),
    );
  });

  it('counts from the first payment where that comes before the advance', () => {
    const dated = [
      ...once(-10_000n, '2026-01-10'),
      ...once(110_000n, '2026-02-10'),
      ...flows(-9_000n, monthly('2026-03-10', 12)),
    ];
    expect(regulationZ(dated, 4)).toMatchObject({ kind: 'several', rate: '0.1469' });
  });

  it('has no rate where all happens on one day', () => {
    expect(regulationZ([...once(500n, '2026-01-10'), ...once(-500n, '2026-01-10')], 4)).toEqual({
      kind: 'none',
      why: 'nothing-lent',
    });
    expect(regulationZ([...once(500n, '2026-01-10'), ...once(-400n, '2026-01-10')], 4)).toEqual({
      kind: 'none',
      why: 'nothing-paid',
    });
  });

  it('says what is missing', () => {
    expect(regulationZ([], 4)).toEqual({ kind: 'none', why: 'nothing-lent' });
    expect(regulationZ(once(5n, '2024-01-01'), 4)).toEqual({ kind: 'none', why: 'nothing-paid' });
    expect(regulationZ(flows(5n, monthly('2024-01-01', 2)), 4)).toEqual({ kind: 'none', why: 'nothing-paid' });
  });
});

describe('intervals of the European Union', () => {
  // Commission guidelines SWD(2012) 128, 4.1.1.
  it.each([
    ['month', '2012-01-12', '2012-02-15', [1, 12], [3, 365]],
    ['month', '2013-01-12', '2013-03-15', [2, 12], [3, 366]],
    ['month', '2012-02-26', '2012-03-29', [1, 12], [3, 366]],
    ['year', '2012-01-12', '2014-02-15', [2, 1], [34, 365]],
    ['year', '2024-02-28', '2025-02-27', [0, 1], [365, 366]],
    ['week', '2012-01-12', '2013-01-12', [52, 52], [2, 365]],
    ['day', '2012-01-12', '2012-01-12', [0, 1], [0, 365]],
    ['day', '2023-06-01', '2024-06-01', [0, 1], [366, 366]],
    ['month', '2024-12-31', '2025-02-28', [2, 12], [0, 365]],
    ['month', '2024-01-30', '2025-02-28', [12, 12], [29, 365]],
    ['year', '2024-02-29', '2025-02-28', [1, 1], [0, 365]],
  ] as const)('by the %s from %s to %s', (basis, from, to, [periods, perYear], [days, ofYear]) => {
    const { numerator, denominator } = yearsBetween(basis, businessDate(from), businessDate(to));
    // a/b = c/d + e/f without fractions.
    expect(numerator * perYear * ofYear).toBe((periods * ofYear + days * perYear) * denominator);
  });

  it('grow with the later day, and never run ahead of the calendar by more than a month', () => {
    const start = businessDate('2023-01-31');
    fc.assert(
      fc.property(
        fc.constantFrom('year', 'month', 'week', 'day'),
        fc.integer({ min: 0, max: 3_000 }),
        (basis, days) => {
          const to = addDays(start, days);
          const { numerator, denominator } = yearsBetween(basis, start, to);
          expect(Math.abs(numerator / denominator - daysBetween(start, to) / 365.25)).toBeLessThan(0.1);
        },
      ),
    );
  });

  it('make the rate of the Directive’s examples', () => {
    expect(
      europeanRate(
        [...once(100_000n, '1994-01-01'), ...once(-60_000n, '1995-01-01'), ...once(-60_000n, '1996-01-01')],
        'year',
        4,
      ),
    ).toEqual({ kind: 'found', rate: '0.1307' });
    expect(
      europeanRate([...once(600_000n, '2005-01-15'), ...flows(-14_931n, monthly('2005-02-15', 48))], 'month', 8),
    ).toEqual({ kind: 'found', rate: '0.09380593' });
    expect(europeanRate([], 'month', 4)).toEqual({ kind: 'none', why: 'nothing-lent' });
  });
});
