import { assert, unreachable } from '../kernel';
import type { Break, ReconciliationEvent } from './events';

type DataOf<Type extends ReconciliationEvent['type']> = Extract<ReconciliationEvent, { type: Type }>['data'];

interface Imported {
  readonly statementHash: string;
  /** Every break that the statement opened. */
  readonly breaks: readonly Break[];
  readonly explained: readonly DataOf<'BreakExplained'>[];
}

/** One statement of one channel for one business date: open as long as a break has no explanation. */
export type ReconciliationState =
  | { readonly status: 'none' }
  | (Imported & { readonly status: 'open' })
  | (Imported & { readonly status: 'closed' });

export const noReconciliation: ReconciliationState = { status: 'none' };

export const evolve = (state: ReconciliationState, event: ReconciliationEvent): ReconciliationState => {
  if (event.type === 'StatementImported') {
    return { status: 'open', statementHash: event.data.statementHash, breaks: [], explained: [] };
  }
  assert(state.status !== 'none', `${event.type} before a statement was imported`);
  switch (event.type) {
    case 'MovementsMatched':
      return state;
    case 'BreakOpened':
      return { ...state, breaks: [...state.breaks, event.data] };
    case 'BreakExplained':
      return { ...state, explained: [...state.explained, event.data] };
    case 'ReconciliationClosed':
      return { ...state, status: 'closed' };
    default:
      return unreachable(event);
  }
};
