export type { BorrowerStanding } from '../borrower';
export type { OfferingInForce } from '../product';
export {
  type ApplicationCommand,
  applicationCommands,
  type CapInForce,
} from './commands';
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
