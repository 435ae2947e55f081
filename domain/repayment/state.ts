import { assert, type MoneyText, unreachable } from '../kernel';
import type { EffectStanding } from '../payout';
import type { RepaymentEvent } from './events';

type DataOf<Type extends RepaymentEvent['type']> = Extract<RepaymentEvent, { type: Type }>['data'];

interface Initiated {
  /** The amount, whose it is, and the one instruction to the channel. */
  readonly order: DataOf<'RepaymentInitiated'>;
  readonly standing: EffectStanding;
}

interface Settled extends Initiated {
  /** All that was asked for, or the part of it that was taken. */
  readonly taken: MoneyText;
}

/** Money that came in by itself. */
interface Received {
  readonly receipt: DataOf<'RepaymentReceived'>;
}

/**
 * One movement of money in from a borrower: one instruction, settled or not, or none where it
 * came by itself; then allocated to the loan once.
 */
export type RepaymentState =
  | { readonly status: 'none' }
  | (Initiated & { readonly status: 'initiated' | 'unknown' | 'escalated' | 'failed' })
  | (Settled & { readonly status: 'settled' })
  | (Settled & { readonly status: 'allocated'; readonly allocation: DataOf<'RepaymentAllocated'> })
  | (Received & { readonly status: 'received'; readonly allocation?: DataOf<'RepaymentAllocated'> });

export const noRepayment: RepaymentState = { status: 'none' };

export const evolve = (state: RepaymentState, event: RepaymentEvent): RepaymentState => {
  if (event.type === 'RepaymentInitiated') {
    return { status: 'initiated', order: event.data, standing: { outcome: 'in-flight' } };
  }
  if (event.type === 'RepaymentReceived') return { status: 'received', receipt: event.data };
  assert(state.status !== 'none', `${event.type} before the repayment was initiated`);
  if (state.status === 'received') {
    assert(event.type === 'RepaymentAllocated', `${event.type} of money that came by itself`);
    return { ...state, allocation: event.data };
  }
  const { order, standing } = state;
  switch (event.type) {
    case 'RepaymentUnknown':
      return { status: 'unknown', order, standing: { outcome: 'unknown', queries: event.data.queries } };
    case 'RepaymentEscalated':
      return { status: 'escalated', order, standing: { outcome: 'escalated' } };
    case 'RepaymentFailed':
      return { status: 'failed', order, standing: { outcome: 'failed' } };
    case 'RepaymentSettled': {
      const { channelReference, amount: taken } = event.data;
      return { status: 'settled', order, taken, standing: { outcome: 'settled', channelReference } };
    }
    case 'RepaymentAllocated':
      assert('taken' in state, `${event.type} before the repayment had settled`);
      return { status: 'allocated', order, standing, taken: state.taken, allocation: event.data };
    default:
      return unreachable(event);
  }
};
