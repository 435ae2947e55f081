import { parseRate, type RateText } from '../../kernel';
import type { LoanTerms } from './loan-terms';

const BASIS_POINT_DECIMALS = 4;

/** A rate and so many basis points, never below nought. Exact. */
const plusBasisPoints = (rate: RateText, adds: number): RateText => {
  const { numerator, denominator } = parseRate(rate);
  const points = 10n ** BigInt(BASIS_POINT_DECIMALS);
  const [sum, decimals] = [numerator * points + BigInt(adds) * denominator, decimalsOf(denominator)];
  if (sum <= 0n) return '0';
  const digits = sum.toString().padStart(decimals + 1, '0');
  const [whole, fraction] = [digits.slice(0, -decimals), digits.slice(-decimals).replace(/0+$/, '')];
  return fraction === '' ? whole : `${whole}.${fraction}`;
};

/** Decimals of a fraction over a power of ten, and those of a basis point. */
const decimalsOf = (denominator: bigint): number => denominator.toString().length - 1 + BASIS_POINT_DECIMALS;

/** The same terms at a price of their own: so many basis points a year more, or less where it is negative. */
export const pricedTerms = (terms: LoanTerms, adds: number): LoanTerms => {
  if (adds === 0) return terms;
  const { rate } = terms;
  return {
    ...terms,
    rate:
      rate.kind === 'fixed'
        ? { ...rate, perYear: plusBasisPoints(rate.perYear, adds) }
        : { ...rate, margin: plusBasisPoints(rate.margin, adds) },
  };
};
