import { type BusinessDate, compareRates, parseMoney, type RateText } from '../kernel';
import { highestRateOf, namesSums } from '../schedule';
import type { Offering } from './events';

/**
 * The all-in rate that no choice within an offering exceeds, were it paid out on a day: over every number of
 * installments, whatever the roundings do. Where the terms name sums of money, those weigh most on the least amount or
 * (a sum that is due late) on the most; else the rate is the same for every amount, and roundings decide.
 */
export const dearestAllInRate = ({ terms, amount, installments }: Offering, on: BusinessDate): RateText => {
  const [least, most] = [parseMoney(amount.least), parseMoney(amount.most)];
  const amounts = namesSums(terms) ? [least, most] : [least];
  let dearest: RateText = '0';
  for (let count = installments.least; count <= installments.most; count += 1) {
    for (const principal of amounts) {
      const rate = highestRateOf(terms, principal, count, on, least);
      if (compareRates(rate, dearest) > 0) dearest = rate;
    }
  }
  return dearest;
};
