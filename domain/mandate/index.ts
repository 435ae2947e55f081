import type { Decider } from '../kernel';
import type { MandateCommand } from './commands';
import { decide } from './decide';
import type { MandateEvent } from './events';
import { evolve, type MandateState, noMandate } from './state';

export { type MandateCommand, mandateCommands } from './commands';
export { type Agreement, agreementSchema, type MandateEvent, mandateEvents } from './events';
export { retryPolicy } from './retry-policy';
export { type DebitStanding, debitStandingOf, type MandateState } from './state';

/** The permission to debit one loan automatically, and every debit that is ordered under it. */
export const mandateDecider: Decider<MandateState, MandateCommand, MandateEvent> = {
  initial: noMandate,
  decide,
  evolve,
};
