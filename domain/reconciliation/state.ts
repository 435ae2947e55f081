import { assert, unreachable } from '../kernel';
import type { Break, ReconciliationEvent } from './events';

type DataOf<Type extends ReconciliationEvent['type']> = Extract<ReconciliationEvent, { type: Type }>['data'];

/** How a break came to its end. */
export type BreakEnd =
  | ({ readonly by: 'explanation' } & Omit<DataOf<'BreakExplained'>, 'breakId'>)
  | ({ readonly by: 'correction' } & Omit<DataOf<'BreakResolved'>, 'breakId'>);

/** A break, who answers for it, and how it ended if it has. */
export interface StandingBreak {
  readonly found: Break;
  readonly owner?: string;
  readonly end?: BreakEnd;
}

interface Imported {
  readonly statementHash: string;
  /** Every break that the statement opened. */
  readonly breaks: readonly StandingBreak[];
}

/** One statement of one channel for one business date: open as long as a break has come to no end. */
export type ReconciliationState =
  | { readonly status: 'none' }
  | (Imported & { readonly status: 'open' })
  | (Imported & { readonly status: 'closed' });

export const noReconciliation: ReconciliationState = { status: 'none' };

export const evolve = (state: ReconciliationState, event: ReconciliationEvent): ReconciliationState => {
  if (event.type === 'StatementImported') {
    return { status: 'open', statementHash: event.data.statementHash, breaks: [] };
  }
  assert(state.status !== 'none', `${event.type} before a statement was imported`);
  switch (event.type) {
    case 'MovementsMatched':
      return state;
    case 'BreakOpened':
      return { ...state, breaks: [...state.breaks, { found: event.data }] };
    case 'BreakAssigned': {
      const { breakId, owner } = event.data;
      return { ...state, breaks: changed(state.breaks, breakId, { owner }) };
    }
    case 'BreakExplained': {
      const { breakId, ...end } = event.data;
      return { ...state, breaks: changed(state.breaks, breakId, { end: { by: 'explanation', ...end } }) };
    }
    case 'BreakResolved': {
      const { breakId, ...end } = event.data;
      return { ...state, breaks: changed(state.breaks, breakId, { end: { by: 'correction', ...end } }) };
    }
    case 'ReconciliationClosed':
      return { ...state, status: 'closed' };
    default:
      return unreachable(event);
  }
};

const changed = (
  breaks: readonly StandingBreak[],
  breakId: string,
  change: Partial<StandingBreak>,
): readonly StandingBreak[] => breaks.map((each) => (each.found.breakId === breakId ? { ...each, ...change } : each));
