import { assert, unreachable } from '../kernel';
import type { Break, ReconciliationEvent } from './events';

type DataOf<Type extends ReconciliationEvent['type']> = Extract<ReconciliationEvent, { type: Type }>['data'];

interface Imported {
  readonly statementHash: string;
  /** Every break that the statement opened, by its id. */
  readonly breaks: ReadonlyMap<string, Break>;
  readonly explained: ReadonlyMap<string, DataOf<'BreakExplained'>>;
}

/** One statement of one channel for one business date: open as long as a break has no explanation. */
export type ReconciliationState =
  | { readonly status: 'none' }
  | (Imported & { readonly status: 'open' })
  | (Imported & { readonly status: 'closed' });

export const noReconciliation: ReconciliationState = { status: 'none' };

export const evolve = (state: ReconciliationState, event: ReconciliationEvent): ReconciliationState => {
  if (event.type === 'StatementImported') {
    return { status: 'open', statementHash: event.data.statementHash, breaks: new Map(), explained: new Map() };
  }
  assert(state.status !== 'none', `${event.type} before a statement was imported`);
  switch (event.type) {
    case 'MovementsMatched':
      return state;
    case 'BreakOpened':
      return { ...state, breaks: new Map(state.breaks).set(event.data.breakId, event.data) };
    case 'BreakExplained':
      return { ...state, explained: new Map(state.explained).set(event.data.breakId, event.data) };
    case 'ReconciliationClosed':
      return { ...state, status: 'closed' };
    default:
      return unreachable(event);
  }
};
