import { bookkeeping } from './bookkeeping';
import { collection } from './collection';
import { contracting } from './contracting';
import { type DisbursementTerms, disbursement } from './disbursement';
import type { HouseSaga } from './house-saga';
import { type OnboardingTerms, onboarding } from './onboarding';
import { origination } from './origination';
import { servicing } from './servicing';

export { CloseOfDay } from './close-of-day';
export { carryOut, type OutsideWorld } from './effects';
export type { HouseSaga } from './house-saga';

/** Every process of the house. */
export const houseSagas = (terms: OnboardingTerms & DisbursementTerms): readonly HouseSaga[] => [
  onboarding(terms),
  origination,
  contracting,
  disbursement(terms),
  collection,
  servicing,
  bookkeeping,
];
