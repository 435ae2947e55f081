import fc from 'fast-check';
import { type Currency, currencySchema, moneyOf, type RateText, ROUNDINGS } from '../../domain/kernel';
import { type LoanTerms, originationFee, plainTerms } from '../../domain/schedule';

/** Rates up to so many percent, in steps of a ten-thousandth of a percent. */
export const ratesUpTo = (percent: number): fc.Arbitrary<RateText> =>
  fc.integer({ min: 0, max: percent * 10_000 }).map((millionths) => {
    const digits = String(millionths).padStart(7, '0');
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  });

/** Terms of every currency, rounding and rate that a lender might think of. */
const arbitraryTerms: fc.Arbitrary<LoanTerms> = fc
  .record({
    currency: fc.constantFrom<Currency>(...currencySchema.options),
    ratePerYear: fc.oneof(ratesUpTo(60), fc.constantFrom('0', '0.24', '0.123456789012', '9.99')),
    originationRate: ratesUpTo(10),
    penalty: fc.record({ ratePerYear: ratesUpTo(60), graceDays: fc.integer({ min: 0, max: 30 }) }),
    mode: fc.constantFrom(...ROUNDINGS),
  })
  .map(({ currency, ratePerYear, originationRate, penalty, mode }) => {
    const plain = plainTerms(currency, ratePerYear);
    return { ...plain, rounding: { ...plain.rounding, mode }, charges: [originationFee(originationRate)], penalty };
  });

/** Terms with a principal in their currency, from one minor unit up. */
export const arbitraryLoan = fc
  .tuple(arbitraryTerms, fc.oneof(fc.bigInt(1n, 1_000n), fc.bigInt(1n, 10n ** 9n)), fc.integer({ min: 1, max: 120 }))
  .map(([terms, minor, installments]) => ({ terms, principal: moneyOf(minor, terms.currency), installments }));
