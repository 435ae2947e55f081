export { type ReconciliationCommand, reconciliationCommands } from './commands';
export {
  BREAK_TYPES,
  type Break,
  breakSchema,
  type Movement,
  movementDirectionSchema,
  movementSchema,
  type ReconciliationEvent,
  reconciliationEvents,
  type StatementLine,
  statementLineSchema,
} from './events';
