import { bookkeeping } from './bookkeeping';
import { casework } from './casework';
import { channelWatch } from './channel-watch';
import { collection } from './collection';
import { contracting } from './contracting';
import { custody } from './custody';
import { directDebit } from './direct-debit';
import { disbursement } from './disbursement';
import type { HouseSaga } from './house-saga';
import { notices } from './notices';
import { type OnboardingTerms, onboarding } from './onboarding';
import { origination } from './origination';
import { servicing } from './servicing';

export { CloseOfDay, type Closing, type StepTaken } from './close-of-day';
export { daySteps } from './day-steps';
export { DebitRun, type DueDates } from './debit-run';
export { type DryRun, type DryRunAsked, dryRun } from './dry-run';
export { deadlinesOf } from './dues';
export { type Channels, carryOut, type HouseKnowledge, type Messages, type OutsideWorld } from './effects';
export type { HouseSaga } from './house-saga';

/** Every process of the house. */
export const houseSagas = (terms: OnboardingTerms): readonly HouseSaga[] => [
  onboarding(terms),
  origination,
  contracting,
  disbursement,
  collection,
  directDebit,
  custody,
  channelWatch,
  servicing,
  casework,
  notices,
  bookkeeping,
];
