import type { Decider } from '../kernel';
import type { LedgerCommand } from './commands';
import { decide } from './decide';
import type { LedgerEvent } from './events';
import { emptyLedger, evolve, type LedgerState } from './state';

export { ACCOUNTS, type AccountCode, type AccountKind, accountCodeSchema } from './accounts';
export { addBalances, addPostings, type Balances, heldIn, isBalanced, noBalances } from './balances';
export { type LedgerCommand, ledgerCommands } from './commands';
export { type Entry, entrySchema, type LedgerEvent, ledgerEvents, type Posting, postingSchema } from './events';
export { entryFor, FINANCIAL_EVENTS, ledgerIdFor, type Recorded } from './posting-rules';
export type { LedgerState } from './state';
export { type TrialBalance, type TrialBalanceRow, trialBalance } from './trial-balance';

export const ledgerDecider: Decider<LedgerState, LedgerCommand, LedgerEvent> = {
  initial: emptyLedger,
  decide,
  evolve,
};
