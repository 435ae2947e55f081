import { addPostings, type Balances, noBalances } from './balances';
import type { LedgerEvent } from './events';

/** The books of one loan (or of one day): what the accounts hold, and which entries made it so. */
export interface LedgerState {
  readonly balances: Balances;
  /** Ids of the entries in the books, oldest first. */
  readonly entries: readonly string[];
  /** Ids of the entries that a later one took back. */
  readonly reversed: readonly string[];
}

export const emptyLedger: LedgerState = { balances: noBalances, entries: [], reversed: [] };

export const evolve = (state: LedgerState, { data }: LedgerEvent): LedgerState => ({
  balances: addPostings(state.balances, data.postings),
  entries: [...state.entries, data.entryId],
  reversed: data.reverses === undefined ? state.reversed : [...state.reversed, data.reverses],
});
