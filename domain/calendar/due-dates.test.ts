import fc from 'fast-check';
import { businessDate } from '../kernel';
import {
  type DueDatePlan,
  dateOf,
  dayOf,
  dueDays,
  isMonthEnd,
  type MonthEnd,
  monthEndSchema,
  type Rhythm,
  rhythmSchema,
  stepFrom,
} from '.';

const at = (text: string): number => dayOf(businessDate(text));
const monthly: Rhythm = { kind: 'every', every: 1, unit: 'months' };

const planned = (seed: string, count: number, given: Partial<DueDatePlan> = {}): readonly string[] =>
  dueDays({ seed: at(seed), count, rhythm: monthly, monthEnd: 'clip', ...given }).map(dateOf);

describe('due dates by a rhythm', () => {
  it.each([
    [5, 'days', ['2026-02-28', '2026-03-05', '2026-03-10']],
    [1, 'weeks', ['2026-03-02', '2026-03-09', '2026-03-16']],
    [3, 'months', ['2026-05-23', '2026-08-23', '2026-11-23']],
    [1, 'years', ['2027-02-23', '2028-02-23', '2029-02-23']],
  ] as const)('every %d %s', (every, unit, dates) => {
    expect(planned('2026-02-23', 3, { rhythm: { kind: 'every', every, unit } })).toEqual(dates);
  });

  it('counts months from the seed and never chains them', () => {
    expect(planned('2024-01-31', 4)).toEqual(['2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31']);
    expect(planned('2024-02-29', 4, { rhythm: { kind: 'every', every: 1, unit: 'years' } })).toEqual([
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ]);
  });

  it('falls on fixed days of each month, from the first after the seed on', () => {
    const rhythm: Rhythm = { kind: 'days-of-month', days: [5, 20] };
    expect(planned('2026-01-05', 4, { rhythm })).toEqual(['2026-01-20', '2026-02-05', '2026-02-20', '2026-03-05']);
    const ends: Rhythm = { kind: 'days-of-month', days: [15, 31] };
    expect(planned('2026-01-31', 4, { rhythm: ends })).toEqual([
      '2026-02-15',
      '2026-02-28',
      '2026-03-15',
      '2026-03-31',
    ]);
    const both: Rhythm = { kind: 'days-of-month', days: [1, 31] };
    const next: MonthEnd = 'first-day-of-next-month';
    expect(planned('2026-01-31', 4, { rhythm: both, monthEnd: next })).toEqual([
      '2026-02-01',
      '2026-03-01',
      '2026-03-31',
      '2026-04-01',
    ]);
  });

  it('takes fixed days in rising order only', () => {
    expect(rhythmSchema.safeParse({ kind: 'days-of-month', days: [20, 5] }).success).toBe(false);
    expect(rhythmSchema.safeParse({ kind: 'days-of-month', days: [5, 5] }).success).toBe(false);
    expect(rhythmSchema.safeParse({ kind: 'days-of-month', days: [5, 20] }).success).toBe(true);
  });
});

describe('a due date that its month does not have', () => {
  it.each([
    // Seed 31 January; the second line is the case EXTRA-MONTHEND-ROLL-ACT of Fineract's month-end feature.
    ['clip', '2025-01-31', ['2025-02-28', '2025-03-31', '2025-04-30']],
    ['first-day-of-next-month', '2025-01-31', ['2025-03-01', '2025-03-31', '2025-05-01']],
    ['last-day-of-month', '2025-01-31', ['2025-02-28', '2025-03-31', '2025-04-30']],
    // Seed at the end of a short month: only 'last-day-of-month' keeps to last days.
    ['clip', '2025-02-28', ['2025-03-28', '2025-04-28', '2025-05-28']],
    ['first-day-of-next-month', '2025-02-28', ['2025-03-28', '2025-04-28', '2025-05-28']],
    ['last-day-of-month', '2025-02-28', ['2025-03-31', '2025-04-30', '2025-05-31']],
    // Seed 30 January is no month's end.
    ['last-day-of-month', '2025-01-30', ['2025-02-28', '2025-03-30', '2025-04-30']],
    ['first-day-of-next-month', '2025-01-30', ['2025-03-01', '2025-03-30', '2025-04-30']],
  ] as const)('goes, with %s from %s, to %j', (monthEnd, seed, dates) => {
    expect(planned(seed, 3, { monthEnd })).toEqual(dates);
  });

  it('with last-day-of-month, a seed at a month’s end gives nothing but month’s ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 400 }), (day, steps) => {
        fc.pre(isMonthEnd(day));
        expect(isMonthEnd(stepFrom(day, { every: 1, unit: 'months' }, steps, 'last-day-of-month'))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an agreed first due date', () => {
  const from = (seed: string, due: string, countedFrom: 'seed' | 'first-due-date') =>
    planned(seed, 3, { first: { due: at(due), countedFrom } });

  it('is where later dates count from, when that is the choice', () => {
    expect(from('2026-01-15', '2026-02-28', 'first-due-date')).toEqual(['2026-02-28', '2026-03-28', '2026-04-28']);
  });

  it.each([
    ['shorter', '2026-02-10', ['2026-02-10', '2026-03-15', '2026-04-15']],
    ['longer', '2026-02-28', ['2026-02-28', '2026-03-15', '2026-04-15']],
    ['longer by more than a period', '2026-03-20', ['2026-03-20', '2026-04-15', '2026-05-15']],
    ['one of the seed’s dates', '2026-03-15', ['2026-03-15', '2026-04-15', '2026-05-15']],
  ])('leaves later dates to the seed, when that is the choice: a first period that is %s', (_, due, dates) => {
    expect(from('2026-01-15', due, 'seed')).toEqual(dates);
  });

  it('goes before the next fixed day of a month', () => {
    const rhythm: Rhythm = { kind: 'days-of-month', days: [20] };
    const first = { due: at('2026-02-25'), countedFrom: 'seed' } as const;
    expect(planned('2026-01-15', 3, { rhythm, first })).toEqual(['2026-02-25', '2026-03-20', '2026-04-20']);
  });

  it('is after the seed', () => {
    expect(() => from('2026-01-15', '2026-01-15', 'seed')).toThrow('after the seed');
  });
});

describe('any plan', () => {
  const every = fc.record({
    kind: fc.constant('every' as const),
    every: fc.integer({ min: 1, max: 24 }),
    unit: fc.constantFrom('days' as const, 'weeks' as const, 'months' as const, 'years' as const),
  });
  const fixed = fc
    .uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 5 })
    .map((days) => ({ kind: 'days-of-month' as const, days: days.sort((a, b) => a - b) }));

  it('rises from its seed, date by date, in the number asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 0, max: 60 }),
        fc.oneof(every, fixed),
        fc.constantFrom(...monthEndSchema.options),
        fc.option(
          fc.record({
            gap: fc.integer({ min: 1, max: 400 }),
            countedFrom: fc.constantFrom('seed' as const, 'first-due-date' as const),
          }),
        ),
        (seed, count, rhythm, monthEnd, first) => {
          const agreed = first && { first: { due: seed + first.gap, countedFrom: first.countedFrom } };
          const found = dueDays({ seed, count, rhythm, monthEnd, ...agreed });
          expect(found).toHaveLength(count);
          for (const [index, day] of found.entries()) expect(day).toBeGreaterThan(found[index - 1] ?? seed);
        },
      ),
    );
  });
});
