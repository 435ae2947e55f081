import type { Offering } from '../../domain/product';
import { originationFee, plainTerms } from '../../domain/schedule';

/** A product for tests: within every cap, for small amounts and any usual term. */
export const PRODUCT: Offering = {
  name: 'Consumer loan',
  terms: {
    ...plainTerms('CNY', '0.12'),
    charges: [originationFee('0.01')],
    penalty: { ratePerYear: '0.05', graceDays: 3 },
  },
  amount: { least: { amount: '250.00', currency: 'CNY' }, most: { amount: '20000.00', currency: 'CNY' } },
  installments: { least: 4, most: 72 },
  jurisdiction: 'CN',
  licence: 'micro-lender',
  deniedRegions: [],
};
