import { compareRates, fromEpochDay, parseMoney, type RateText } from '../kernel';
import { allInRate, scheduleFor } from '../schedule';
import type { Offering } from './events';

/** The rate of a choice does not depend on the calendar; any day will do. */
const ANY_DAY = fromEpochDay(0);

/** The all-in rate of one choice within an offering. */
export const allInRateOf = (offering: Offering, amount: Offering['amount']['least'], termMonths: number): RateText => {
  const principal = parseMoney(amount);
  return allInRate(principal, scheduleFor(offering.terms, principal, termMonths, ANY_DAY));
};

/**
 * The dearest all-in rate that an offering can lead to. Interest costs the same over any term, and a fee weighs most
 * over the shortest, so the dearest choice is a corner of the bounds; all four are tried because rounding to whole
 * minor units may favour either side. An inner choice can exceed this by such rounding only.
 */
export const dearestAllInRate = (offering: Offering): RateText => {
  const { amount, termMonths } = offering;
  let dearest: RateText = '0';
  for (const corner of [amount.least, amount.most]) {
    for (const months of [termMonths.least, termMonths.most]) {
      const rate = allInRateOf(offering, corner, months);
      if (compareRates(rate, dearest) > 0) dearest = rate;
    }
  }
  return dearest;
};
