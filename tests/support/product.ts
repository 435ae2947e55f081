import type { Offering } from '../../domain/product';
import { portfolioOffering } from '../../simulation/offering';

const { terms } = portfolioOffering;

/** A product for tests: within every cap, for small amounts and any usual term. */
export const PRODUCT: Offering = {
  ...portfolioOffering,
  name: 'Consumer loan',
  terms: { ...terms, rate: { kind: 'fixed', perYear: '0.12' } },
};
