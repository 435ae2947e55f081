import { type Actor, assert, type Instant, unreachable } from '../kernel';
import type { EffectStanding } from '../payout';
import type { InstructionEvent } from './events';

type DataOf<Type extends InstructionEvent['type']> = Extract<InstructionEvent, { type: Type }>['data'];

interface Requested {
  readonly request: DataOf<'CustodyInstructionRequested'>;
  /** Who has approved it, where that was needed. */
  readonly approvedBy?: Actor;
}

interface Submitted extends Requested {
  readonly effectId: string;
  readonly submittedAt: Instant;
  readonly standing: EffectStanding;
}

/** One instruction to the custody bank. Once submitted it may have been carried out, until the bank says. */
export type InstructionState =
  | { readonly status: 'none' }
  | (Requested & { readonly status: 'awaiting-approval' | 'requested' | 'cancelled' })
  | (Submitted & { readonly status: 'submitted' | 'unknown' | 'escalated' | 'settled' | 'failed' });

export const noInstruction: InstructionState = { status: 'none' };

export const evolve = (state: InstructionState, event: InstructionEvent): InstructionState => {
  if (event.type === 'CustodyInstructionRequested') {
    return { status: event.data.needsApproval ? 'awaiting-approval' : 'requested', request: event.data };
  }
  assert(state.status !== 'none', `${event.type} before it was requested`);
  switch (event.type) {
    case 'CustodyInstructionApproved':
      return { status: 'requested', request: state.request, approvedBy: event.data.approvedBy };
    case 'CustodyInstructionCancelled':
      return { ...requestOf(state), status: 'cancelled' };
    case 'CustodyInstructionSubmitted': {
      const { effectId, submittedAt } = event.data;
      return { ...requestOf(state), status: 'submitted', effectId, submittedAt, standing: { outcome: 'in-flight' } };
    }
    case 'CustodyInstructionUnknown':
      return standing(state, 'unknown', { outcome: 'unknown', queries: event.data.queries });
    case 'CustodyInstructionEscalated':
      return standing(state, 'escalated', { outcome: 'escalated' });
    case 'CustodyInstructionSettled':
      return standing(state, 'settled', { outcome: 'settled', channelReference: event.data.bankReference });
    case 'CustodyInstructionFailed':
      return standing(state, 'failed', { outcome: 'failed' });
    default:
      return unreachable(event);
  }
};

type Known = Exclude<InstructionState, { status: 'none' }>;

const requestOf = ({ request, approvedBy }: Known): Requested => ({ request, ...(approvedBy && { approvedBy }) });

const standing = (
  state: Known,
  status: Extract<Known, Submitted>['status'],
  known: EffectStanding,
): InstructionState => {
  assert('effectId' in state, `an outcome while ${state.status}`);
  const { effectId, submittedAt } = state;
  return { ...requestOf(state), status, effectId, submittedAt, standing: known };
};
