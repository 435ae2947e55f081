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
} from './commands';
export { contractText, TEMPLATE_VERSION } from './contract-text';
export {
  DECISION_REASONS,
  type Decision,
  type DecisionReason,
  decisionReasonSchema,
  decisionSchema,
  type SourceRecord,
  sourceRecordSchema,
} from './decision';
export { type ApplicationEvent, applicationEvents, type Declaration, declarationSchema } from './events';
export { PROGRESS, type Progress, progressOf } from './progress';
export type { ApplicationState, ApplicationStatus, SubmittedApplication } from './state';

/** One request for credit, from submission to a signed contract or another end. */
export const applicationDecider: Decider<ApplicationState, ApplicationCommand, ApplicationEvent> = {
  initial,
  decide,
  evolve,
};
