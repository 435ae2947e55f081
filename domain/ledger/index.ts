import type { Decider } from '../kernel';
import type { LedgerCommand } from './commands';
import { decide } from './decide';
import type { LedgerEvent } from './events';
import { emptyLedger, evolve, type LedgerState } from './state';

export { ACCOUNT_CODES, type AccountCode } from './accounts';
export { addBalances, type Balances, heldIn, isBalanced } from './balances';
export { type ClosedPeriods, type LedgerCommand, ledgerCommands } from './commands';
export { outsideCustody } from './custody';
export { type Entry, entrySchema, type LedgerEvent, ledgerEvents, type Posting } from './events';
export { ACCOUNT_OF, bookDateFor, entryFor, FINANCIAL_EVENTS, ledgerIdFor } from './posting-rules';
export type { LedgerState } from './state';
export { type TrialBalance, trialBalance } from './trial-balance';

export const ledgerDecider: Decider<LedgerState, LedgerCommand, LedgerEvent> = {
  initial: emptyLedger,
  decide,
  evolve,
};
