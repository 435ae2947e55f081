import { type BusinessDate, compareRates, parseMoney, type RateText } from '../kernel';
import { figuresOf } from '../schedule';
import type { Offering } from './events';

/**
 * The dearest all-in rate that an offering leads to, were it paid out on a day: over every number of installments, at
 * the least and the most that can be borrowed. What costs a fixed sum weighs most on the least amount; between the two
 * nothing but roundings can cost more, and every offer is held against the cap again.
 */
export const dearestAllInRate = ({ terms, amount, installments }: Offering, on: BusinessDate): RateText => {
  let dearest: RateText = '0';
  for (let count = installments.least; count <= installments.most; count += 1) {
    for (const principal of [amount.least, amount.most]) {
      const { allInRate } = figuresOf(terms, parseMoney(principal), count, on);
      if (compareRates(allInRate, dearest) > 0) dearest = allInRate;
    }
  }
  return dearest;
};
