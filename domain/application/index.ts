import type { Decider } from '../kernel';
import type { ApplicationCommand } from './commands';
import { decide } from './decide';
import type { ApplicationEvent } from './events';
import { type ApplicationState, evolve, initial } from './state';

export type { BorrowerStanding } from '../borrower';
export type { OfferingInForce } from '../product';
export {
  type ApplicationCommand,
  applicationCommands,
  type CapInForce,
  type FourEyes,
} from './commands';
export { contractText, TEMPLATE_VERSION } from './contract-text';
export {
  type Decision,
  type DecisionBasis,
  type DecisionReason,
  decisionReasonSchema,
  decisionSchema,
  type Grant,
  type SourceRecord,
} from './decision';
export {
  type ApplicationEvent,
  applicationEvents,
  type Declaration,
  declarationSchema,
  type FormSession,
  formSessionSchema,
  originFields,
} from './events';
export { PROGRESS, progressOf } from './progress';
export type { ApplicationState, ApplicationStatus } from './state';

/** One request for credit, from submission to a signed contract or another end. */
export const applicationDecider: Decider<ApplicationState, ApplicationCommand, ApplicationEvent> = {
  initial,
  decide,
  evolve,
};
