import fc from 'fast-check';
import { type Currency, currencySchema, moneyOf, type RateText, ROUNDINGS } from '../../domain/kernel';
import type { Terms } from '../../domain/schedule';

/** Rates up to so many percent, in steps of a ten-thousandth of a percent. */
export const ratesUpTo = (percent: number): fc.Arbitrary<RateText> =>
  fc.integer({ min: 0, max: percent * 10_000 }).map((millionths) => {
    const digits = String(millionths).padStart(7, '0');
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  });

/** Terms of every currency, rounding and rate that a lender might think of. */
const arbitraryTerms: fc.Arbitrary<Terms> = fc.record({
  currency: fc.constantFrom<Currency>(...currencySchema.options),
  interest: fc.record({
    method: fc.constant('declining-balance' as const),
    amortization: fc.constant('equal-installments' as const),
    dayCount: fc.constant('30/360' as const),
    ratePerYear: fc.oneof(
      ratesUpTo(60),
      fc.constantFrom('0', '0.24', '0.1234567890123', '9.99').map((r) => r.slice(0, 14)),
    ),
  }),
  fee: fc.record({ originationRate: ratesUpTo(10) }),
  penalty: fc.record({ ratePerYear: ratesUpTo(60), graceDays: fc.integer({ min: 0, max: 30 }) }),
  rounding: fc.constantFrom(...ROUNDINGS),
});

/** Terms with a principal in their currency, from one minor unit up. */
export const arbitraryLoan = fc
  .tuple(arbitraryTerms, fc.oneof(fc.bigInt(1n, 1_000n), fc.bigInt(1n, 10n ** 9n)), fc.integer({ min: 1, max: 120 }))
  .map(([terms, minor, termMonths]) => ({ terms, principal: moneyOf(minor, terms.currency), termMonths }));
