export {
  type ApplicationCommand,
  applicationCommands,
  type BorrowerStanding,
  type CapInForce,
  type OfferingInForce,
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
