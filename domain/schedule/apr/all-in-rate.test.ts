import Decimal from 'decimal.js';
import fc from 'fast-check';
import { arbitraryLoan } from '../../../tests/support/arbitrary-terms';
import { sampleTerms } from '../../../tests/support/offerings';
import { businessDate, compareRates, moneyOf, parseMoney, rateTextSchema } from '../../kernel';
import { scheduleFor, type Terms } from '..';
import { allInRate, effectiveAnnualRate } from '.';

const Exact = Decimal.clone({ precision: 60 });
const day = businessDate('2026-03-02');

/** The same rate by bisection on the discount factor, in 60-digit decimals. */
const byBisection = (received: bigint, payments: readonly bigint[]): Decimal => {
  const target = new Exact(received.toString());
  const flows = payments.map((payment) => new Exact(payment.toString()));
  const worth = (v: Decimal): Decimal => flows.reduceRight((sum, flow) => sum.plus(flow).mul(v), new Exact(0));
  let [low, high] = [new Exact(0), new Exact(1)];
  for (let round = 0; round < 150; round++) {
    const middle = low.plus(high).div(2);
    if (worth(middle).gt(target)) high = middle;
    else low = middle;
  }
  return new Exact(1).div(high.pow(12)).minus(1);
};

describe('the all-in rate', () => {
  it('is 13.58 % for 100,000 with a fee of 1,000 up front and 12 × 8,833.30 (PBoC announcement [2021] No. 3)', () => {
    expect(effectiveAnnualRate(9_900_000n, Array<bigint>(12).fill(883_330n))).toBe('0.135826');
  });

  it('is the effective rate of the 13.03 % that ICBC states for 12 monthly 0.6 % fees on 6,000', () => {
    // 13.0342242811 % is twelve times the monthly rate; compounded it is (1 + 0.130342242811/12)^12 − 1.
    expect(effectiveAnnualRate(600_000n, Array<bigint>(12).fill(53_600n))).toBe('0.138418');
  });

  it.each([
    [100_000n, [100_000n], '0.000000'],
    [100_000n, [50_000n, 50_000n], '0.000000'],
    [100_000n, [101_000n], '0.126825'],
    [100_000n, [102_000n], '0.268242'],
    [100_000n, [0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 124_000n], '0.240000'],
    [100_000n, [200_000n], '4095.000000'],
    // Dearer than can be written: stated as the largest rate there is.
    [1n, [1_000_000n], '9999.999999'],
  ])('of %d against %j is %s', (received, payments, rate) => {
    expect(effectiveAnnualRate(received, payments)).toBe(rate);
  });

  it('agrees with bisection in 60-digit decimals, to the last place', () => {
    fc.assert(
      fc.property(arbitraryLoan, ({ terms, principal, termMonths }) => {
        const schedule = scheduleFor(terms, principal, termMonths, day);
        const totals = schedule.rows.map(({ total }) => parseMoney({ amount: total, currency: terms.currency }).minor);
        const exact = Decimal.min(byBisection(principal.minor, totals), '9999.999999');
        expect(allInRate(principal, schedule)).toBe(exact.toFixed(6, Decimal.ROUND_HALF_UP));
      }),
    );
  });

  it('always is a rate that can be written and compared', () => {
    fc.assert(
      fc.property(arbitraryLoan, ({ terms, principal, termMonths }) => {
        const schedule = scheduleFor(terms, principal, termMonths, day);
        expect(rateTextSchema.safeParse(allInRate(principal, schedule)).success).toBe(true);
      }),
    );
  });

  it('does not depend on the day of disbursement', () => {
    const principal = moneyOf(1_200_000n, 'CNY');
    const rates = ['2026-01-31', '2024-02-29', '2026-07-15'].map((on) =>
      allInRate(principal, scheduleFor(sampleTerms, principal, 12, businessDate(on))),
    );
    expect(rates).toEqual(['0.218301', '0.218301', '0.218301']);
  });

  it('falls with the term when there is a fee, because the fee is spread over longer', () => {
    const principal = moneyOf(10_000_000n, 'CNY');
    const rateOver = (months: number): string => allInRate(principal, scheduleFor(sampleTerms, principal, months, day));
    for (let months = 1; months < 60; months++) {
      expect(compareRates(rateOver(months), rateOver(months + 1))).toBe(1);
    }
  });

  it('without a fee is the nominal rate compounded monthly', () => {
    const terms: Terms = { ...sampleTerms, fee: { originationRate: '0' } };
    const principal = moneyOf(10n ** 13n, 'CNY');
    expect(allInRate(principal, scheduleFor(terms, principal, 36, day))).toBe('0.195618');
  });

  it('has no meaning for a loan that pays back less than it gave', () => {
    expect(() => effectiveAnnualRate(100n, [99n])).toThrow();
    expect(() => effectiveAnnualRate(0n, [99n])).toThrow();
  });
});
