import type { Offering } from '../../domain/product';

/** A product for tests: within every cap, for small amounts and any usual term. */
export const PRODUCT: Offering = {
  name: 'Consumer loan',
  terms: {
    currency: 'CNY',
    interest: {
      method: 'declining-balance',
      amortization: 'equal-installments',
      dayCount: '30/360',
      ratePerYear: '0.12',
    },
    fee: { originationRate: '0.01' },
    penalty: { ratePerYear: '0.05', graceDays: 3 },
    rounding: 'HALF_EVEN',
  },
  amount: { least: { amount: '250.00', currency: 'CNY' }, most: { amount: '20000.00', currency: 'CNY' } },
  termMonths: { least: 4, most: 72 },
  jurisdiction: 'CN',
  licence: 'micro-lender',
  deniedRegions: [],
};
