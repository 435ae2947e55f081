import { assert, type Instant, unreachable } from '../kernel';
import type { EffectStanding } from './channel-answer';
import type { PayoutEvent } from './events';

type DataOf<Type extends PayoutEvent['type']> = Extract<PayoutEvent, { type: Type }>['data'];

/** One attempt to move the money: one instruction to one channel under one effect id. */
export interface Attempt {
  readonly effectId: string;
  readonly channel: string;
  /** Counted from 1. */
  readonly number: number;
  readonly submittedAt: Instant;
  readonly standing: EffectStanding;
}

interface Requested {
  readonly request: DataOf<'PayoutRequested'>;
  /** Attempts that definitely moved no money, oldest first. */
  readonly failed: readonly Attempt[];
}

/**
 * One movement of money out to a borrower. `submitted`, `unknown` and `escalated` have the one attempt that may have
 * moved the money; there is never a second one beside it.
 */
export type PayoutState =
  | { readonly status: 'none' }
  | (Requested & { readonly status: 'requested' })
  | (Requested & { readonly status: 'submitted' | 'unknown' | 'escalated' | 'settled'; readonly attempt: Attempt })
  /** The last attempt failed; `final` when there will be no other. */
  | (Requested & { readonly status: 'failed'; readonly attempt: Attempt; readonly final: boolean });

export const noPayout: PayoutState = { status: 'none' };

export const evolve = (state: PayoutState, event: PayoutEvent): PayoutState => {
  switch (event.type) {
    case 'PayoutRequested':
      return { status: 'requested', request: event.data, failed: [] };
    case 'PayoutSubmitted': {
      assert(state.status === 'requested' || state.status === 'failed', `submitted while ${state.status}`);
      const { effectId, channel, attempt: number, submittedAt } = event.data;
      const { request, failed } = state;
      return {
        status: 'submitted',
        request,
        failed,
        attempt: { effectId, channel, number, submittedAt, standing: { outcome: 'in-flight' } },
      };
    }
    case 'PayoutUnknown':
      return { ...concluding(state, { outcome: 'unknown', queries: event.data.queries }), status: 'unknown' };
    case 'PayoutEscalated':
      return { ...concluding(state, { outcome: 'escalated' }), status: 'escalated' };
    case 'PayoutSettled': {
      const { channelReference } = event.data;
      return { ...concluding(state, { outcome: 'settled', channelReference }), status: 'settled' };
    }
    case 'PayoutFailed': {
      const { request, failed, attempt } = concluding(state, { outcome: 'failed' });
      return { status: 'failed', request, failed: [...failed, attempt], attempt, final: event.data.final };
    }
    default:
      return unreachable(event);
  }
};

/** The open attempt with what is now known of it. */
const concluding = (state: PayoutState, standing: EffectStanding): Requested & { readonly attempt: Attempt } => {
  assert(
    state.status === 'submitted' || state.status === 'unknown' || state.status === 'escalated',
    `an outcome while ${state.status}`,
  );
  const { request, failed, attempt } = state;
  return { request, failed, attempt: { ...attempt, standing } };
};
