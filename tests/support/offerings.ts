import type { Offering } from '../../domain/product';
import { type LoanTerms, originationFee, plainTerms } from '../../domain/schedule';

/** Terms as a micro-lender might offer them: 18 % a year, 1 % origination fee; 21.83 % in all over twelve months. */
export const sampleTerms: LoanTerms = {
  ...plainTerms('CNY', '0.18'),
  charges: [originationFee('0.01')],
  penalty: { ratePerYear: '0.27', graceDays: 3 },
};

/** An offering under the sample terms that keeps the legal cap of 24 %. */
export const sampleOffering: Offering = {
  name: 'First credit',
  terms: sampleTerms,
  amount: { least: { amount: '1000.00', currency: 'CNY' }, most: { amount: '50000.00', currency: 'CNY' } },
  installments: { least: 6, most: 24 },
  jurisdiction: 'CN',
  licence: 'micro-lender',
  deniedRegions: [],
};
