import type { Offering } from '../../domain/product';
import { personalCredit } from '../../simulation/offerings';

const { terms } = personalCredit;

/** A product for tests: within every cap, for small amounts and any usual term. */
export const PRODUCT: Offering = {
  ...personalCredit,
  name: 'Consumer loan',
  terms: { ...terms, rate: { kind: 'fixed', perYear: '0.12' } },
};
