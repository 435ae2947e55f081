import type { Decider } from '../kernel';
import type { CollectionsCommand } from './commands';
import { decide } from './decide';
import type { CollectionsEvent } from './events';
import { type CaseState, evolve, noCase } from './state';

export { type CollectionsCommand, collectionsCommands, type PaidByPromise } from './commands';
export { CONTACT_MEANS, CONTACT_PARTIES } from './contact-law';
export { contactRefusal, nextContactTime } from './contact-limits';
export {
  CONTACT_RESULTS,
  type CollectionsEvent,
  collectionsEvents,
  ENDINGS,
  LEGAL_STEPS,
  type Relief,
  reliefSchema,
} from './events';
export { promisesOf } from './promises';
export type { CaseState } from './state';
export { type NextAction, nextActionSchema, STAGES, type Stage } from './strategy';

export const caseDecider: Decider<CaseState, CollectionsCommand, CollectionsEvent> = {
  initial: noCase,
  decide,
  evolve,
};
