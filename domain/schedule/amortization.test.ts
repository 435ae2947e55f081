import Decimal from 'decimal.js';
import fc from 'fast-check';
import { arbitraryLoan } from '../../tests/support/arbitrary-terms';
import { sampleTerms } from '../../tests/support/offerings';
import { addMonths, businessDate, type Money, minorDigits, moneyOf, parseMoney, type Rounding } from '../kernel';
import {
  accruedInterest,
  equalInstallment,
  type Installment,
  monthlyRate,
  originationFee,
  rowsFor,
  type Schedule,
  scheduleFor,
  scheduleOf,
  scheduleSchema,
  type Terms,
} from '.';

const ORACLE: Readonly<Record<Rounding, Decimal.Rounding>> = {
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
  HALF_UP: Decimal.ROUND_HALF_UP,
  DOWN: Decimal.ROUND_DOWN,
  UP: Decimal.ROUND_UP,
};
const Exact = Decimal.clone({ precision: 120 });

const yuan = (minor: bigint): Money => moneyOf(minor, 'CNY');
const day = businessDate('2026-01-31');
const amount = (schedule: Pick<Schedule, 'currency'>, text: string): bigint =>
  parseMoney({ amount: text, currency: schedule.currency }).minor;
const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addMonths(businessDate('2000-01-31'), n % 600));

/** The textbook formula in 120-digit decimals, rounded once. */
const textbookInstallment = (terms: Terms, principal: Money, months: number): Decimal => {
  const rate = new Exact(terms.interest.ratePerYear).div(12);
  const p = new Exact(principal.minor.toString());
  if (rate.isZero()) return p.div(months).toDecimalPlaces(0, ORACLE[terms.rounding]);
  const growth = rate.plus(1).pow(months);
  return p.mul(rate).mul(growth).div(growth.minus(1)).toDecimalPlaces(0, ORACLE[terms.rounding]);
};

describe('the equal installment', () => {
  it('is the textbook annuity, correctly rounded', () => {
    fc.assert(
      fc.property(arbitraryLoan, ({ terms, principal, termMonths }) => {
        const rate = monthlyRate(terms.interest.ratePerYear);
        expect(equalInstallment(principal.minor, rate, termMonths, terms.rounding).toString()).toBe(
          textbookInstallment(terms, principal, termMonths).toFixed(),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is principal over months when there is no interest', () => {
    expect(equalInstallment(100_000n, monthlyRate('0'), 3, 'HALF_EVEN')).toBe(33_333n);
    expect(equalInstallment(100_000n, monthlyRate('0.000'), 3, 'UP')).toBe(33_334n);
  });
});

describe('a schedule', () => {
  it('has the figures that Apache Fineract publishes for 1,001.00 at 35.99 % over 24 months (C3589)', () => {
    const terms: Terms = {
      ...sampleTerms,
      currency: 'EUR',
      interest: { ...sampleTerms.interest, ratePerYear: '0.3599' },
      fee: { originationRate: '0' },
    };
    const { rows, totals } = scheduleFor(terms, moneyOf(100_100n, 'EUR'), 24, businessDate('2025-04-10'));
    const figures = rows.map(({ due, principal, interest }) => `${due} ${principal} ${interest}`);
    expect(figures.slice(0, 4)).toEqual([
      '2025-05-10 29.08 30.02',
      '2025-06-10 29.95 29.15',
      '2025-07-10 30.85 28.25',
      '2025-08-10 31.77 27.33',
    ]);
    expect(figures.slice(-3)).toEqual(['2027-02-10 54.09 5.01', '2027-03-10 55.71 3.39', '2027-04-10 57.38 1.72']);
    expect(totals).toEqual({ principal: '1001.00', interest: '417.40', fee: '0.00', total: '1418.40' });
  });

  it('shows every figure of a small loan', () => {
    expect(scheduleFor(sampleTerms, yuan(100_000n), 3, day)).toEqual({
      currency: 'CNY',
      disbursedOn: '2026-01-31',
      rows: [
        {
          n: 1,
          from: '2026-01-31',
          due: '2026-02-28',
          principal: '328.38',
          interest: '15.00',
          fee: '10.00',
          total: '353.38',
          balance: '671.62',
        },
        {
          n: 2,
          from: '2026-02-28',
          due: '2026-03-31',
          principal: '333.31',
          interest: '10.07',
          fee: '0.00',
          total: '343.38',
          balance: '338.31',
        },
        {
          n: 3,
          from: '2026-03-31',
          due: '2026-04-30',
          principal: '338.31',
          interest: '5.07',
          fee: '0.00',
          total: '343.38',
          balance: '0.00',
        },
      ],
      totals: { principal: '1000.00', interest: '30.14', fee: '10.00', total: '1040.14' },
    });
  });

  it('counts due dates from the disbursement, clipped at month ends and in leap years', () => {
    const dues = (from: string): readonly string[] =>
      scheduleFor(sampleTerms, yuan(100_000n), 3, businessDate(from)).rows.map(({ due }) => due);
    expect(dues('2026-01-31')).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
    expect(dues('2024-01-30')).toEqual(['2024-02-29', '2024-03-30', '2024-04-30']);
    expect(dues('2026-12-29')).toEqual(['2027-01-29', '2027-02-28', '2027-03-29']);
  });

  it('repays exactly the principal, is never negative and ends at zero (I-09, I-10)', () => {
    fc.assert(
      fc.property(arbitraryLoan, days, ({ terms, principal, termMonths }, on) => {
        const schedule = scheduleFor(terms, principal, termMonths, on);
        expect(scheduleSchema.parse(schedule)).toEqual(schedule);
        expect(schedule.rows).toHaveLength(termMonths);
        let balance = principal.minor;
        let previous: string = on;
        for (const row of schedule.rows) {
          const part = { principal: amount(schedule, row.principal), interest: amount(schedule, row.interest) };
          balance -= part.principal;
          expect(row.from).toBe(previous);
          expect(row.due > row.from).toBe(true);
          expect(part.principal >= 0n && part.interest >= 0n).toBe(true);
          expect(amount(schedule, row.balance)).toBe(balance);
          expect(amount(schedule, row.total)).toBe(part.principal + part.interest + amount(schedule, row.fee));
          previous = row.due;
        }
        expect(balance).toBe(0n);
        expect(amount(schedule, schedule.totals.principal)).toBe(principal.minor);
        expect(schedule.rows.at(-1)?.due).toBe(addMonths(on, termMonths));
        expect(scheduleOf(schedule.currency, on, schedule.rows)).toEqual(schedule);
      }),
    );
  });

  it('charges what another algorithm charges: decimals, period by period (I-11)', () => {
    fc.assert(
      fc.property(arbitraryLoan, ({ terms, principal, termMonths }) => {
        const schedule = scheduleFor(terms, principal, termMonths, day);
        const rounding = ORACLE[terms.rounding];
        const unit = new Exact(10).pow(minorDigits(terms.currency));
        const rate = new Exact(terms.interest.ratePerYear).div(12);
        const installment = textbookInstallment(terms, principal, termMonths).div(unit);
        let left = new Exact(principal.minor.toString()).div(unit);
        for (const row of schedule.rows) {
          const interest = left.mul(rate).mul(unit).toDecimalPlaces(0, rounding).div(unit);
          expect(new Exact(row.interest).eq(interest)).toBe(true);
          const part = row.n === termMonths ? left : Decimal.min(Decimal.max(installment.minus(interest), 0), left);
          expect(new Exact(row.principal).eq(part)).toBe(true);
          left = left.minus(part);
        }
      }),
    );
  });

  it('asks the origination fee once, with the first installment', () => {
    fc.assert(
      fc.property(arbitraryLoan, ({ terms, principal, termMonths }) => {
        const schedule = scheduleFor(terms, principal, termMonths, day);
        const fees = schedule.rows.map((row) => amount(schedule, row.fee));
        expect(fees).toEqual([originationFee(terms, principal).minor, ...fees.slice(1).map(() => 0n)]);
      }),
    );
  });

  it('is made of a positive principal in the currency of its terms', () => {
    expect(() => scheduleFor(sampleTerms, yuan(0n), 3, day)).toThrow('above zero');
    expect(() => scheduleFor(sampleTerms, moneyOf(1n, 'EUR'), 3, day)).toThrow('EUR');
    expect(() => scheduleFor(sampleTerms, yuan(1n), 0, day)).toThrow();
  });
});

describe('planning what is left', () => {
  const original = scheduleFor(sampleTerms, yuan(1_200_000n), 12, day);
  const at = (rows: readonly Installment[], n: number): Installment => {
    const row = rows.find((each) => each.n === n);
    if (row === undefined) throw new Error(`no row ${n}`);
    return row;
  };

  it('gives the same rows again when nothing has changed', () => {
    const third = at(original.rows, 3);
    const left = yuan(amount(original, at(original.rows, 2).balance));
    const installment = yuan(amount(original, third.principal) + amount(original, third.interest));
    expect(rowsFor(sampleTerms, left, { periods: original.rows.slice(2), installment })).toEqual(
      original.rows.slice(2),
    );
  });

  it('keeps the installment and ends sooner after principal came back early', () => {
    const installment = yuan(110_016n);
    const rows = rowsFor(sampleTerms, yuan(300_000n), { periods: original.rows.slice(2), installment });
    expect(rows.map(({ n, principal, interest, balance }) => [n, principal, interest, balance])).toEqual([
      [3, '1055.16', '45.00', '1944.84'],
      [4, '1070.99', '29.17', '873.85'],
      [5, '873.85', '13.11', '0.00'],
    ]);
  });

  it('works out a lower installment over the same periods when none is kept', () => {
    const rows = rowsFor(sampleTerms, yuan(300_000n), { periods: original.rows.slice(2) });
    expect(rows).toHaveLength(10);
    expect(at(rows, 3)).toMatchObject({ principal: '280.30', interest: '45.00', due: '2026-04-30' });
  });

  it('counts interest to the day on the old balance and from it on the new one', () => {
    const first = at(original.rows, 1);
    const on = businessDate('2026-02-14');
    const accrued = accruedInterest(sampleTerms, yuan(1_200_000n), first.from, on, first);
    const [row] = rowsFor(sampleTerms, yuan(700_000n), {
      periods: original.rows,
      installment: yuan(110_016n),
      fee: yuan(12_000n),
      changed: { on, accrued },
    });
    expect(accrued).toEqual(yuan(9_000n));
    expect(row).toMatchObject({ interest: '142.50', principal: '957.66', fee: '120.00', balance: '6042.34' });
  });

  it('still asks for what has accrued when the whole balance came back', () => {
    const changed = { on: businessDate('2026-02-14'), accrued: yuan(9_000n) };
    const rows = rowsFor(sampleTerms, yuan(0n), { periods: original.rows, installment: yuan(110_016n), changed });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ principal: '0.00', interest: '90.00', balance: '0.00' });
  });

  it('repays exactly the balance, whatever installment is kept', () => {
    fc.assert(
      fc.property(arbitraryLoan, fc.bigInt(0n, 10n ** 8n), ({ terms, principal, termMonths }, kept) => {
        const { rows: periods } = scheduleFor(terms, principal, termMonths, day);
        const rows = rowsFor(terms, principal, { periods, installment: moneyOf(kept, terms.currency) });
        const sum = rows.reduce((minor, row) => minor + amount(terms, row.principal), 0n);
        expect(sum).toBe(principal.minor);
        expect(amount(terms, rows.at(-1)?.balance ?? '')).toBe(0n);
      }),
    );
  });
});
