import type { Grant } from '../../domain/application';
import { type BusinessDate, compareRates, parseMoney, type RateText } from '../../domain/kernel';
import { type LoanTerms, pricedTerms, type Quote, quoteOf } from '../../domain/schedule';

export interface OfferTerms {
  /** Those that were applied under. */
  readonly terms: LoanTerms;
  /** What was asked for, at the product's own price: offered as it is when just that is granted. */
  readonly asked?: Quote;
  readonly today: BusinessDate;
  /** What the law allows a loan to cost in all. */
  readonly cap: RateText;
  readonly hash: (text: string) => string;
}

/**
 * The offer on what was granted, at its price; where the law does not allow that price, at the product's own, and
 * `addsAtMost` says so. Whether the law allows the product's own is for the application to say.
 */
export const offerOn = (
  { principal, installments, adds }: Grant,
  { terms, asked, today, cap, hash }: OfferTerms,
): { readonly offer: Quote; readonly addsAtMost?: number } => {
  const isAsked = asked?.principal.amount === principal.amount && asked.installments === installments;
  const quote = (added: number): Quote =>
    isAsked && added === 0
      ? asked
      : quoteOf(pricedTerms(terms, added), parseMoney(principal), installments, today, hash);
  const offer = quote(adds);
  return adds > 0 && compareRates(offer.allInRate, cap) > 0 ? { offer: quote(0), addsAtMost: 0 } : { offer };
};
