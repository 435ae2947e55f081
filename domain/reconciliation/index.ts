import type { Decider } from '../kernel';
import type { ReconciliationCommand } from './commands';
import { decide } from './decide';
import type { ReconciliationEvent } from './events';
import { evolve, noReconciliation, type ReconciliationState } from './state';

export { type ReconciliationCommand, reconciliationCommands } from './commands';
export { ageOf, type KnownPayment, SETTLING_ACTIONS, type SettlingAction } from './corrections';
export {
  type Break,
  breakSchema,
  type Movement,
  type ReconciliationEvent,
  reconciliationEvents,
  type StatementLine,
  statementLineSchema,
} from './events';
export {
  type BookedMovement,
  type Comparison,
  compareStatement,
  findingsOf,
  lineAt,
} from './findings';
export {
  HOUSE_RULES,
  ITEM_STATUSES,
  type Item,
  type ItemStatus,
  ItemTable,
  type Matching,
  matchItems,
  pairList,
  type RuleSet,
  ruleSetSchema,
  TextPool,
} from './matching';
export { CHANNEL_HISTORY, ChannelHistory, type ChannelReport, channelReport, isReported, reportTables } from './report';
export type { ReconciliationState } from './state';

export const reconciliationDecider: Decider<ReconciliationState, ReconciliationCommand, ReconciliationEvent> = {
  initial: noReconciliation,
  decide,
  evolve,
};
