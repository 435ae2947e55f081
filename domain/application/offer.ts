import {
  addDays,
  assert,
  type BusinessDate,
  compareMoney,
  compareRates,
  isPositive,
  parseMoney,
  type RateText,
  type Refusal,
  refuse,
} from '../kernel';
import { figuresOn, figuresText, type LoanTerms, pricedTerms, type Quote } from '../schedule';
import type { Offered, Request } from './state';

/** How long an offer stands after the day it was made. */
const OFFER_VALID_DAYS = 7;

/** The last day on which an offer made on a day can be accepted and its signature asked for. */
export const offerExpiryFrom = (madeOn: BusinessDate): BusinessDate => addDays(madeOn, OFFER_VALID_DAYS);

export const hasExpired = ({ offerExpiresOn }: Offered, today: BusinessDate): boolean => today > offerExpiresOn;

/**
 * Why an offer cannot be made on a request, if anything: more than was asked for, a longer term, or dearer than the law
 * allows. An offer whose figures do not follow from the application's own terms, at the price that was decided, is a
 * bug and throws.
 */
export const faultOf = (offer: Quote, request: Request, cap: RateText, adds: number): Refusal | undefined => {
  const [offered, asked] = [parseMoney(offer.principal), parseMoney(request.amount)];
  if (offered.currency !== asked.currency || !isPositive(offered) || compareMoney(offered, asked) > 0) {
    return refuse('AMOUNT_OUTSIDE_BOUNDS', `${request.amount.amount} ${request.amount.currency} was asked for`);
  }
  if (offer.installments > request.installments) {
    return refuse('TERM_OUTSIDE_BOUNDS', `${request.installments} installments were asked for`);
  }
  assertFollowsFromTerms(offer, pricedTerms(request.terms, adds));
  return compareRates(offer.allInRate, cap) > 0
    ? refuse('CAP_EXCEEDED', `the offer costs ${offer.allInRate} a year in all, the cap is ${cap}`)
    : undefined;
};

/** Makes the figures again from the terms the borrower applied under: they must come out the same, to the character. */
const assertFollowsFromTerms = (offer: Quote, terms: LoanTerms): void => {
  const figures = figuresOn({ ...offer, terms }, offer.schedule.disbursedOn);
  assert(figuresText(figures) === figuresText(offer), 'the figures of the offer do not follow from its terms');
};
