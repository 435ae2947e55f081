import { businessDate } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import type { LoanAgreement } from '../replay';
import { plan } from '.';
import { CLASSIC, day, plannedOf } from './terms.fixture';

/** 12 % a year, 1 % a month whatever its days, to the cent. */
const MONTHLY: LoanTerms = {
  ...CLASSIC,
  rounding: { mode: 'HALF_EVEN', smoothing: false },
  interest: { ...CLASSIC.interest, calculation: 'per-period' },
};
const START = day('2023-01-01');

const lines = (terms: LoanTerms, amount: bigint, count: number, more: Partial<LoanAgreement> = {}): readonly string[] =>
  plannedOf(
    plan(terms, { principal: amount, installments: count, submittedOn: START, ...more }, [{ on: START, amount }]),
  );

const shaped = (amortization: LoanTerms['amortization']): LoanTerms => ({ ...MONTHLY, amortization });
const graced = (grace: Partial<LoanTerms['grace']>, terms = MONTHLY): LoanTerms => ({
  ...terms,
  grace: { ...MONTHLY.grace, ...grace },
});
const flat = (terms = MONTHLY): LoanTerms => ({ ...terms, interest: { ...terms.interest, method: 'flat' } });

describe('1,000.00 at 1 % a month', () => {
  it('in equal installments; the last takes what is left', () => {
    expect(lines(MONTHLY, 100_000n, 4)).toEqual([
      '2023-02-01 246.28 10.00 | 753.72',
      '2023-03-01 248.74 7.54 | 504.98',
      '2023-04-01 251.23 5.05 | 253.75',
      '2023-05-01 253.75 2.54 | 0.00',
    ]);
  });

  it('in equal principal', () => {
    expect(lines(shaped({ kind: 'equal-principal' }), 100_000n, 3)).toEqual([
      '2023-02-01 333.33 10.00 | 666.67',
      '2023-03-01 333.33 6.67 | 333.34',
      '2023-04-01 333.34 3.33 | 0.00',
    ]);
  });

  it('interest only, as a bullet, with a balloon', () => {
    expect(lines(shaped({ kind: 'interest-only' }), 100_000n, 3)).toEqual([
      '2023-02-01 0.00 10.00 | 1000.00',
      '2023-03-01 0.00 10.00 | 1000.00',
      '2023-04-01 1000.00 10.00 | 0.00',
    ]);
    expect(lines(shaped({ kind: 'bullet' }), 100_000n, 3)).toEqual([
      '2023-02-01 0.00 0.00 | 1000.00',
      '2023-03-01 0.00 0.00 | 1000.00',
      '2023-04-01 1000.00 30.00 | 0.00',
    ]);
    expect(lines(shaped({ kind: 'balloon', share: '0.1' }), 100_000n, 3)).toEqual([
      '2023-02-01 100.00 10.00 | 900.00',
      '2023-03-01 100.00 9.00 | 800.00',
      '2023-04-01 800.00 8.00 | 0.00',
    ]);
    // Equal installments of 269.01 that leave 400.00 beside the last: 6 on the balloon's part, 203.01 on the rest.
    expect(lines(shaped({ kind: 'balloon-amount', amount: '400.00' }), 100_000n, 3)).toEqual([
      '2023-02-01 198.01 10.00 | 801.99',
      '2023-03-01 199.99 8.02 | 602.00',
      '2023-04-01 602.00 6.02 | 0.00',
    ]);
  });

  it('in fixed installments, and by hand', () => {
    expect(lines(shaped({ kind: 'fixed-installment', amount: '400.00' }), 100_000n, 6)).toEqual([
      '2023-02-01 390.00 10.00 | 610.00',
      '2023-03-01 393.90 6.10 | 216.10',
      '2023-04-01 216.10 2.16 | 0.00',
    ]);
    expect(lines(shaped({ kind: 'hand-made', principal: ['500.00', '0.00', '500.00'] }), 100_000n, 3)).toEqual([
      '2023-02-01 500.00 10.00 | 500.00',
      '2023-03-01 0.00 5.00 | 500.00',
      '2023-04-01 500.00 5.00 | 0.00',
    ]);
  });

  it('carries interest that an installment has no room for, and never makes principal of it', () => {
    expect(lines(shaped({ kind: 'fixed-installment', amount: '4.00' }), 100_000n, 3)).toEqual([
      '2023-02-01 0.00 4.00 | 1000.00',
      '2023-03-01 0.00 4.00 | 1000.00',
      '2023-04-01 1000.00 22.00 | 0.00',
    ]);
  });

  it('rounds the installment to a multiple, unless nothing would be left of it', () => {
    const toTens: LoanTerms = { ...MONTHLY, rounding: { ...MONTHLY.rounding, installmentMultiple: '10' } };
    expect(lines(toTens, 100_000n, 3)).toEqual([
      '2023-02-01 330.00 10.00 | 670.00',
      '2023-03-01 333.30 6.70 | 336.70',
      '2023-04-01 336.70 3.37 | 0.00',
    ]);
    expect(lines(toTens, 1_000n, 3)).toEqual([
      '2023-02-01 3.30 0.10 | 6.70',
      '2023-03-01 3.33 0.07 | 3.37',
      '2023-04-01 3.37 0.03 | 0.00',
    ]);
  });

  it('rounds every amount to a multiple of the unit', () => {
    const toTenths: LoanTerms = { ...MONTHLY, rounding: { ...MONTHLY.rounding, amountMultiple: '0.10' } };
    expect(lines(toTenths, 100_000n, 3)).toEqual([
      '2023-02-01 330.00 10.00 | 670.00',
      '2023-03-01 333.30 6.70 | 336.70',
      '2023-04-01 336.70 3.40 | 0.00',
    ]);
  });
});

describe('grace', () => {
  it('on principal leaves the interest', () => {
    expect(lines(graced({ principal: 1 }), 100_000n, 3)).toEqual([
      '2023-02-01 0.00 10.00 | 1000.00',
      '2023-03-01 497.51 10.00 | 502.49',
      '2023-04-01 502.49 5.02 | 0.00',
    ]);
  });

  it('on interest puts all of it on the first installment after', () => {
    expect(lines(graced({ interest: 2 }), 100_000n, 4)).toEqual([
      '2023-02-01 246.28 0.00 | 753.72',
      '2023-03-01 248.74 0.00 | 504.98',
      '2023-04-01 251.23 22.59 | 253.75',
      '2023-05-01 253.75 2.54 | 0.00',
    ]);
  });

  it('from interest asks for none of it, ever', () => {
    expect(lines(graced({ interestFree: 1 }), 100_000n, 3)).toEqual([
      '2023-02-01 340.02 0.00 | 659.98',
      '2023-03-01 333.42 6.60 | 326.56',
      '2023-04-01 326.56 3.27 | 0.00',
    ]);
  });

  it('of flat interest: put off is averaged over the rest, or with equal principal due at once; free is not charged', () => {
    expect(lines(graced({ interest: 1 }, flat()), 90_000n, 3)).toEqual([
      '2023-02-01 300.00 0.00 | 600.00',
      '2023-03-01 300.00 13.50 | 300.00',
      '2023-04-01 300.00 13.50 | 0.00',
    ]);
    expect(lines(graced({ interest: 1 }, flat(shaped({ kind: 'equal-principal' }))), 90_000n, 3)).toEqual([
      '2023-02-01 300.00 0.00 | 600.00',
      '2023-03-01 300.00 18.00 | 300.00',
      '2023-04-01 300.00 9.00 | 0.00',
    ]);
    expect(lines(graced({ interestFree: 1 }, flat()), 90_000n, 3)).toEqual([
      '2023-02-01 300.00 0.00 | 600.00',
      '2023-03-01 300.00 9.00 | 300.00',
      '2023-04-01 300.00 9.00 | 0.00',
    ]);
    expect(lines(graced({ principal: 1 }, flat()), 90_000n, 3)).toEqual([
      '2023-02-01 0.00 9.00 | 900.00',
      '2023-03-01 450.00 9.00 | 450.00',
      '2023-04-01 450.00 9.00 | 0.00',
    ]);
  });
});

describe('flat interest', () => {
  it('by the day is charged for all days and spread evenly', () => {
    const daily: LoanTerms = { ...flat(), interest: { ...flat().interest, calculation: 'daily' } };
    // 1,000.00 × 12 % × 90 ÷ 365 = 29.59
    expect(lines(daily, 100_000n, 3)).toEqual([
      '2023-02-01 333.33 9.86 | 666.67',
      '2023-03-01 333.33 9.86 | 333.34',
      '2023-04-01 333.34 9.87 | 0.00',
    ]);
  });

  it('is charged on what is paid down too', () => {
    const down: LoanTerms = { ...flat(), downPayment: { share: '0.25', automatic: false } };
    expect(lines(down, 100_000n, 3)).toEqual([
      '2023-01-01 250.00 0.00 | 750.00',
      '2023-02-01 250.00 10.00 | 500.00',
      '2023-03-01 250.00 10.00 | 250.00',
      '2023-04-01 250.00 10.00 | 0.00',
    ]);
  });

  // Figures: Apache Fineract (Apache-2.0), LoanInstallmentMultiplesOfTest.
  it('with a multiple rounds principal and installment to it', () => {
    const toOnes: LoanTerms = { ...flat(), rounding: { ...MONTHLY.rounding, installmentMultiple: '1' } };
    expect(lines(toOnes, 125_000n, 3)).toEqual([
      '2023-02-01 416.50 12.50 | 833.50',
      '2023-03-01 416.50 12.50 | 417.00',
      '2023-04-01 417.00 12.50 | 0.00',
    ]);
  });
});

describe('days and periods', () => {
  const daily = (more: Partial<LoanTerms['interest']>): LoanTerms => ({
    ...MONTHLY,
    interest: { ...MONTHLY.interest, calculation: 'daily', ...more },
  });

  it.each([
    ['act/365f', 'fixed-365', '10.19'],
    ['act/360', 'fixed-365', '10.33'],
    ['act/364', 'fixed-365', '10.22'],
    ['nominal-30/360', 'fixed-365', '10.00'],
    ['nominal-30/365', 'fixed-365', '9.86'],
    ['30e/360', 'fixed-365', '10.00'],
    ['act/act-isda', 'fixed-365', '10.19'],
    ['act/act-isda', 'calendar', '10.19'],
  ] as const)('January 2023 by %s (%s) bears %s', (dayCount, yearLength, interest) => {
    expect(lines(daily({ dayCount, yearLength }), 100_000n, 1)).toEqual([`2023-02-01 1000.00 ${interest} | 0.00`]);
  });

  it('a leap year has 366 days by the calendar, 365 where that is fixed', () => {
    const on = day('2024-01-01');
    const agreement = { principal: 100_000n, installments: 1, submittedOn: on };
    const of = (yearLength: LoanTerms['interest']['yearLength']) =>
      plannedOf(plan(daily({ dayCount: 'act/act-isda', yearLength }), agreement, [{ on, amount: 100_000n }]));
    expect(of('calendar')).toEqual(['2024-02-01 1000.00 10.16 | 0.00']);
    expect(of('february-29-periods')).toEqual(['2024-02-01 1000.00 10.19 | 0.00']);
    expect(of('fixed-365')).toEqual(['2024-02-01 1000.00 10.19 | 0.00']);
  });

  it('weeks bear a 52nd of the year, days a 365th', () => {
    const every = (period: LoanTerms['dueDates']['period']): LoanTerms => ({
      ...MONTHLY,
      dueDates: { ...MONTHLY.dueDates, period },
    });
    expect(lines(every({ every: 2, unit: 'weeks' }), 520_000n, 1)).toEqual(['2023-01-15 5200.00 24.00 | 0.00']);
    expect(lines(every({ every: 10, unit: 'days' }), 365_000n, 1)).toEqual(['2023-01-11 3650.00 12.00 | 0.00']);
    expect(lines(every({ every: 1, unit: 'years' }), 100_000n, 1)).toEqual(['2024-01-01 1000.00 120.00 | 0.00']);
  });

  it('a first period that is longer is charged by its part, or as a whole one', () => {
    const longer = { firstDueOn: day('2023-02-15') };
    const whole: LoanTerms = { ...MONTHLY, interest: { ...MONTHLY.interest, partialPeriods: false } };
    expect(lines(MONTHLY, 100_000n, 1, longer)).toEqual(['2023-02-15 1000.00 15.00 | 0.00']);
    expect(lines(whole, 100_000n, 1, longer)).toEqual(['2023-02-15 1000.00 10.00 | 0.00']);
    expect(lines(MONTHLY, 100_000n, 2, longer).map((line) => line.slice(0, 10))).toEqual(['2023-02-15', '2023-03-15']);
  });

  it('the last due date may be fixed by the length of the loan', () => {
    const dates = lines(MONTHLY, 100_000n, 3, { fixedLengthDays: 80 }).map((line) => line.slice(0, 10));
    expect(dates).toEqual(['2023-02-01', '2023-03-01', '2023-03-22']);
  });

  it('due dates that are no business days move by themselves', () => {
    const worked: LoanTerms = {
      ...MONTHLY,
      dueDates: { ...MONTHLY.dueDates, calendar: { name: 'CN@2026.1', adjustment: 'following' } },
    };
    const on = day('2025-11-15');
    const rows = plan(worked, { principal: 100_000n, installments: 4, submittedOn: on }, [{ on, amount: 100_000n }]);
    // 15 February 2026 and 15 March are Sundays; the new year's holiday ends on 23 February.
    const dates = plannedOf(rows).map((line) => line.slice(0, 10));
    expect(dates[0]).toBe('2025-12-15');
    expect(dates[3]).toBe('2026-03-16');
    expect((dates[2] ?? '') > '2026-02-15').toBe(true);
  });

  it('a month whose end was clipped still counts as one', () => {
    const on = day('2023-01-31');
    const rows = plan(MONTHLY, { principal: 100_000n, installments: 3, submittedOn: on }, [{ on, amount: 100_000n }]);
    expect(plannedOf(rows)).toEqual([
      '2023-02-28 330.02 10.00 | 669.98',
      '2023-03-31 333.32 6.70 | 336.66',
      '2023-04-30 336.66 3.37 | 0.00',
    ]);
  });
});

describe('disbursements', () => {
  const agreement = { principal: 200_000n, installments: 3, submittedOn: START };

  it('in several parts: installments are made for all, interest follows what is paid out', () => {
    const daily: LoanTerms = { ...MONTHLY, interest: { ...MONTHLY.interest, calculation: 'daily' } };
    const rows = plan(daily, agreement, [
      { on: START, amount: 100_000n },
      { on: day('2023-01-15'), amount: 100_000n },
    ]);
    // Interest: 14 days of 1,000.00 and 17 of 2,000.00, 4.60 + 11.18. Installment: 679.86, as if for 2,000.00 at once.
    expect(plannedOf(rows)[0]).toBe('2023-02-01 664.08 15.78 | 1335.92');
    expect(rows.at(-1)?.balance).toBe(0n);
  });

  it('after the end have an installment of their own', () => {
    const rows = plan(MONTHLY, { ...agreement, installments: 1 }, [
      { on: START, amount: 100_000n },
      { on: day('2023-02-10'), amount: 50_000n },
    ]);
    expect(plannedOf(rows)).toEqual(['2023-02-01 1000.00 10.00 | 0.00', '2023-03-01 500.00 3.39 | 0.00']);
  });

  it('may set the installment from then on', () => {
    const rows = plan(MONTHLY, agreement, [{ on: START, amount: 100_000n, installment: 50_000n }]);
    expect(plannedOf(rows)).toEqual([
      '2023-02-01 490.00 10.00 | 510.00',
      '2023-03-01 494.90 5.10 | 15.10',
      '2023-04-01 15.10 0.15 | 0.00',
    ]);
  });

  it('may come later than the day that dates are counted from', () => {
    const counted: LoanTerms = {
      ...MONTHLY,
      interest: { ...MONTHLY.interest, calculation: 'daily' },
      dueDates: { ...MONTHLY.dueDates, countedFrom: 'submission' },
    };
    const rows = plan(counted, { ...agreement, installments: 1 }, [{ on: day('2023-01-11'), amount: 100_000n }]);
    expect(plannedOf(rows)).toEqual(['2023-02-01 1000.00 6.90 | 0.00']);
  });

  it('are paid down in part; only the rest bears interest', () => {
    const down: LoanTerms = { ...MONTHLY, downPayment: { share: '0.25', automatic: false } };
    const rows = plan(down, { ...agreement, installments: 2 }, [
      { on: START, amount: 100_000n },
      { on: day('2023-02-10'), amount: 40_000n },
    ]);
    // 1,050.00 in two installments of 532.89; 19 of 28 days of February have 300.00 more.
    expect(plannedOf(rows)).toEqual([
      '2023-01-01 250.00 0.00 | 750.00',
      '2023-02-01 525.39 7.50 | 224.61',
      '2023-02-10 100.00 0.00 | 524.61',
      '2023-03-01 524.61 4.28 | 0.00',
    ]);
    const toTens: LoanTerms = { ...down, rounding: { ...down.rounding, installmentMultiple: '10' } };
    const first = plan(toTens, agreement, [{ on: START, amount: 90_000n }])[0];
    expect([first?.kind, first?.principal]).toEqual(['down-payment', 22_000n]);
  });

  it('inside a period that is charged as a whole one bear nothing in it', () => {
    const whole: LoanTerms = { ...MONTHLY, interest: { ...MONTHLY.interest, partialPeriods: false } };
    const rows = plan(whole, agreement, [
      { on: START, amount: 100_000n },
      { on: day('2023-01-15'), amount: 100_000n },
    ]);
    expect(rows.map(({ interest }) => interest)).toEqual([1_000n, 1_330n, 663n]);
  });

  it('by the day count in the days they are out, whether broken periods are charged or not', () => {
    const daily: LoanTerms = {
      ...MONTHLY,
      interest: { ...MONTHLY.interest, calculation: 'daily', partialPeriods: false },
    };
    const rows = plan(daily, { ...agreement, installments: 1 }, [
      { on: START, amount: 100_000n },
      { on: day('2023-01-15'), amount: 100_000n },
    ]);
    expect(plannedOf(rows)).toEqual(['2023-02-01 2000.00 15.78 | 0.00']);
  });

  it('that have a term of their own each are for another planning', () => {
    const each: LoanTerms = { ...MONTHLY, tranches: { several: true, fullTerm: true } };
    expect(() => lines(each, 100_000n, 2)).toThrow('share one term');
  });

  it('none: there is nothing to plan', () => {
    expect(plan(MONTHLY, agreement, [])).toEqual([]);
  });
});

describe('rates', () => {
  it('that float follow their table by the day', () => {
    const floating: LoanTerms = {
      ...MONTHLY,
      interest: { ...MONTHLY.interest, calculation: 'daily' },
      rate: {
        kind: 'floating',
        index: 'LPR-1Y',
        margin: '0.02',
        table: [
          { from: businessDate('2022-12-20'), perYear: '0.1' },
          { from: businessDate('2023-01-11'), perYear: '0.0435' },
        ],
      },
    };
    // 10 days at 12 % and 21 at 6.35 %: 3.29 + 3.65.
    expect(lines(floating, 100_000n, 1)).toEqual(['2023-02-01 1000.00 6.94 | 0.00']);
  });
});
