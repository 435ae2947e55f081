import fc from 'fast-check';
import { businessDate } from '../kernel';
import { addMonthsTo, countedDays, DAY_COUNTS, type DayCountContext, dayCountSchema, dayOf, yearFraction } from '.';
import { cases, sources } from './day-count.cases.json';

const at = (text: string): number => dayOf(businessDate(text));

const contextOf = (given: (typeof cases)[number]): DayCountContext => {
  if (given.nominal === undefined) return { endIsTermination: false };
  const periods = given.nominal.periods.map(([from = '', to = '']) => ({ from: at(from), to: at(to) }));
  return { nominal: { perYear: given.nominal.perYear, periods } };
};

describe('published day-count figures', () => {
  it.each(cases.map((given) => [given.dayCount, given.from, given.to, given.fraction, given] as const))(
    '%s from %s to %s is %s',
    (dayCount, from, to, fraction, given) => {
      const convention = dayCountSchema.parse(dayCount);
      const [numerator = '', denominator = ''] = fraction.split('/');
      const found = yearFraction(convention, at(from), at(to), contextOf(given));
      expect(BigInt(found.numerator) * BigInt(denominator)).toBe(BigInt(numerator) * BigInt(found.denominator));
      expect(countedDays(convention, at(from), at(to), contextOf(given))).toBe(given.days);
    },
  );

  it('name where they come from', () => {
    expect(cases.every((given) => given.sources.every((index) => sources[index] !== undefined))).toBe(true);
  });
});

describe('the 30/360 family', () => {
  it.each([
    // from, to, bond, US, 30E, 30E ISDA
    ['2026-01-31', '2026-03-31', 60, 60, 60, 60],
    ['2026-01-30', '2026-03-31', 60, 60, 60, 60],
    ['2026-01-29', '2026-03-31', 62, 62, 61, 61],
    ['2026-02-28', '2026-03-31', 33, 30, 32, 30],
    ['2026-01-31', '2026-02-28', 28, 28, 28, 30],
    ['2024-02-29', '2025-02-28', 359, 360, 359, 360],
  ])('from %s to %s tells its variants apart', (from, to, bond, us, euro, isda) => {
    const days = (['30/360-bond', '30/360-us', '30e/360', '30e/360-isda'] as const).map((dayCount) =>
      countedDays(dayCount, at(from), at(to)),
    );
    expect(days).toEqual([bond, us, euro, isda]);
  });

  it('30E/360 ISDA leaves an end of February as it is on the termination date only', () => {
    const [from, to] = [at('2025-08-31'), at('2026-02-28')];
    expect(countedDays('30e/360-isda', from, to)).toBe(180);
    expect(countedDays('30e/360-isda', from, to, { endIsTermination: true })).toBe(178);
    expect(countedDays('30e/360-isda', from, at('2026-03-31'), { endIsTermination: true })).toBe(210);
  });

  it('counts every whole month as 30 days, on days that every month has', () => {
    const seeds = fc.integer({ min: at('1990-01-01'), max: at('2100-01-01') }).map((day) => addMonthsTo(day, 0));
    const months = fc.integer({ min: 0, max: 480 });
    fc.assert(
      fc.property(seeds, months, fc.constantFrom('30/360-bond', '30/360-us', '30e/360'), (seed, count, dayCount) => {
        fc.pre(addMonthsTo(addMonthsTo(seed, count), -count) === seed && new Date(seed * 864e5).getUTCDate() <= 27);
        expect(yearFraction(dayCount, seed, addMonthsTo(seed, count))).toEqual({
          numerator: 30 * count,
          denominator: 360,
        });
      }),
    );
  });
});

describe('conventions that count calendar days', () => {
  const day = fc.integer({ min: at('1970-01-01'), max: at('2150-01-01') });
  const span = fc.integer({ min: 0, max: 20_000 });

  it.each(['act/360', 'act/364', 'act/365f', 'act/act-isda'] as const)('%s adds up, part by part', (dayCount) => {
    fc.assert(
      fc.property(day, span, span, (from, first, second) => {
        const [a, b, whole] = [
          yearFraction(dayCount, from, from + first),
          yearFraction(dayCount, from + first, from + first + second),
          yearFraction(dayCount, from, from + first + second),
        ];
        const [x, y, z] = [a.denominator, b.denominator, whole.denominator].map(BigInt);
        const sum = BigInt(a.numerator) * (y ?? 0n) + BigInt(b.numerator) * (x ?? 0n);
        expect(sum * (z ?? 0n)).toBe(BigInt(whole.numerator) * (x ?? 0n) * (y ?? 0n));
      }),
    );
  });

  it('ACT/ACT ICMA makes every whole nominal period exactly its part of a year', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(1, 2, 3, 4, 6, 12), fc.integer({ min: 1, max: 60 }), (seed, perYear, count) => {
        const periods = Array.from({ length: count }, (_, index) => ({
          from: addMonthsTo(seed, (index * 12) / perYear),
          to: addMonthsTo(seed, ((index + 1) * 12) / perYear),
        }));
        const until = periods.at(-1)?.to ?? seed;
        const { numerator, denominator } = yearFraction('act/act-icma', seed, until, { nominal: { periods, perYear } });
        expect(numerator * perYear).toBe(denominator * count);
      }),
    );
  });

  it('ACT/ACT ICMA does without nothing: the nominal periods are given, and cover the days', () => {
    const [from, to] = [at('2026-01-01'), at('2026-07-01')];
    expect(() => yearFraction('act/act-icma', from, to)).toThrow('nominal periods');
    const nominal = { perYear: 2, periods: [{ from: from + 1, to }] };
    expect(() => yearFraction('act/act-icma', from, to, { nominal })).toThrow('cover');
  });

  it.each(DAY_COUNTS)('%s runs forwards only', (dayCount) => {
    expect(() => yearFraction(dayCount, 1, 0)).toThrow('forwards');
  });
});
