import type { Decider } from '../kernel';
import type { ReconciliationCommand } from './commands';
import { decide } from './decide';
import type { ReconciliationEvent } from './events';
import { evolve, noReconciliation, type ReconciliationState } from './state';

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
export { type Matching, match, type Sums } from './match';
export type { ReconciliationState } from './state';

export const reconciliationDecider: Decider<ReconciliationState, ReconciliationCommand, ReconciliationEvent> = {
  initial: noReconciliation,
  decide,
  evolve,
};
