import type { Decider } from '../kernel';
import type { ReconciliationCommand } from './commands';
import { decide } from './decide';
import type { ReconciliationEvent } from './events';
import { evolve, noReconciliation, type ReconciliationState } from './state';

export { type ReconciliationCommand, reconciliationCommands } from './commands';
export { ageOf, type Correction, type KnownPayment, type SettlingAction } from './corrections';
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
  type Describing,
  type Findings,
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
  ruleSetId,
  ruleSetSchema,
  TextPool,
} from './matching';
export {
  type ChannelFacts,
  type ChannelReport,
  channelReport,
  type ReportedBreak,
  type ReportTable,
  reportTables,
} from './report';
export type { ReconciliationState } from './state';

export const reconciliationDecider: Decider<ReconciliationState, ReconciliationCommand, ReconciliationEvent> = {
  initial: noReconciliation,
  decide,
  evolve,
};
