import type { MoneyText } from '../domain/kernel';
import type { Offering } from '../domain/product';
import { originationFee, plainTerms } from '../domain/schedule';

const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/**
 * What the simulated house lends: 15 % a year and 1 % once, within bounds that cover every amount and term of the
 * South German Credit data (250 to 18,424; 4 to 72 months). Over the shortest term the fee weighs most.
 */
export const portfolioOffering: Offering = {
  name: 'Personal credit',
  terms: {
    ...plainTerms('CNY', '0.15'),
    charges: [originationFee('0.01')],
    penalty: { ratePerYear: '0.05', graceDays: 3 },
  },
  amount: { least: cny('250.00'), most: cny('20000.00') },
  installments: { least: 4, most: 72 },
  jurisdiction: 'CN',
  licence: 'micro-lender',
  deniedRegions: [],
};
