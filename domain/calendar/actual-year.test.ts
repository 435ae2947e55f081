import fc from 'fast-check';
import { businessDate } from '../kernel';
import {
  actualYearFraction,
  civilOf,
  containsFebruary29,
  dayOf,
  isLeapYear,
  loanYearFraction,
  loanYearLength,
  splitDays,
  yearSplitSchema,
} from '.';

const at = (text: string): number => dayOf(businessDate(text));
const period = (from: string, due: string) => ({ from: at(from), due: at(due) });

describe('the year split', () => {
  it.each([
    // The day from 31 December to 1 January is of the new year or of the old one.
    ['31-december', '2024-12-01', '2025-01-01', { inLeapYears: 30, inNormalYears: 1 }],
    ['1-january', '2024-12-01', '2025-01-01', { inLeapYears: 31, inNormalYears: 0 }],
    ['31-december', '2023-12-12', '2024-01-12', { inLeapYears: 12, inNormalYears: 19 }],
    ['1-january', '2023-12-12', '2024-01-12', { inLeapYears: 11, inNormalYears: 20 }],
    ['31-december', '2024-12-31', '2025-01-31', { inLeapYears: 0, inNormalYears: 31 }],
    ['1-january', '2024-12-31', '2025-01-31', { inLeapYears: 1, inNormalYears: 30 }],
  ] as const)('at %s cuts %s to %s', (split, from, to, days) => {
    expect(splitDays(split, at(from), at(to))).toEqual(days);
  });

  it('at 31 December gives 30/366 + 1/365 for December 2024, at 1 January 31/366', () => {
    const [from, to] = [at('2024-12-01'), at('2025-01-01')];
    expect(actualYearFraction('31-december', from, to)).toEqual({
      numerator: 30 * 365 + 1 * 366,
      denominator: 365 * 366,
    });
    expect(actualYearFraction('1-january', from, to)).toEqual({ numerator: 31, denominator: 366 });
  });

  it('tells days apart as a count day by day does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...yearSplitSchema.options),
        fc.integer({ min: at('1899-12-30'), max: at('2101-01-02') }),
        fc.integer({ min: 0, max: 3_000 }),
        (split, from, count) => {
          let inLeapYears = 0;
          for (let day = from; day < from + count; day += 1) {
            const owner = split === '1-january' ? day : day + 1;
            if (isLeapYear(civilOf(owner).year)) inLeapYears += 1;
          }
          expect(splitDays(split, from, from + count)).toEqual({ inLeapYears, inNormalYears: count - inLeapYears });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the leap-year strategy', () => {
  const january = period('2024-01-15', '2024-02-15');
  const february = period('2024-02-15', '2024-03-15');

  it.each([
    ['actual', 366, 366],
    ['february-29-periods', 365, 366],
    ['fixed-365', 365, 365],
  ] as const)('%s measures by %d days without a 29 February and by %d with one', (leapYears, without, withOne) => {
    for (const [given, length] of [
      [january, without],
      [february, withOne],
    ] as const) {
      const fraction = loanYearFraction('31-december', leapYears, given.from, given.due, given);
      expect(fraction).toEqual({ numerator: given.due - given.from, denominator: length });
      expect(loanYearLength('31-december', leapYears, given)).toBe(length);
    }
  });

  it('lets the whole period decide for its parts', () => {
    const early = loanYearFraction('31-december', 'february-29-periods', february.from, at('2024-02-20'), february);
    expect(early).toEqual({ numerator: 5, denominator: 366 });
  });

  it('does not split a period without a 29 February at New Year, unless every leap day counts', () => {
    const december = period('2024-12-01', '2025-01-01');
    const { from, due } = december;
    expect(loanYearFraction('31-december', 'february-29-periods', from, due, december)).toEqual({
      numerator: 31,
      denominator: 365,
    });
    expect(loanYearFraction('31-december', 'actual', from, due, december).denominator).toBe(365 * 366);
  });

  it('counts a 29 February on the due date as in the period, and one on the first date as before it', () => {
    expect(containsFebruary29(at('2024-01-29'), at('2024-02-29'))).toBe(true);
    expect(containsFebruary29(at('2024-02-29'), at('2024-03-29'))).toBe(false);
    expect(containsFebruary29(at('2023-12-31'), at('2024-03-31'))).toBe(true);
    expect(containsFebruary29(at('2024-03-01'), at('2028-02-28'))).toBe(false);
  });
});
