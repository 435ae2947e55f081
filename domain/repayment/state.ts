import { assert, unreachable } from '../kernel';
import type { EffectStanding } from '../payout';
import type { RepaymentEvent } from './events';

type DataOf<Type extends RepaymentEvent['type']> = Extract<RepaymentEvent, { type: Type }>['data'];

interface Initiated {
  /** The amount, whose it is, and the one instruction to the channel. */
  readonly order: DataOf<'RepaymentInitiated'>;
  readonly standing: EffectStanding;
}

/** One movement of money in from a borrower: one instruction, settled or not, then allocated to the loan once. */
export type RepaymentState =
  | { readonly status: 'none' }
  | (Initiated & { readonly status: 'initiated' | 'unknown' | 'escalated' | 'failed' | 'settled' })
  | (Initiated & { readonly status: 'allocated'; readonly allocation: DataOf<'RepaymentAllocated'> });

export const noRepayment: RepaymentState = { status: 'none' };

export const evolve = (state: RepaymentState, event: RepaymentEvent): RepaymentState => {
  if (event.type === 'RepaymentInitiated') {
    return { status: 'initiated', order: event.data, standing: { outcome: 'in-flight' } };
  }
  assert(state.status !== 'none', `${event.type} before the repayment was initiated`);
  const { order, standing } = state;
  switch (event.type) {
    case 'RepaymentUnknown':
      return { status: 'unknown', order, standing: { outcome: 'unknown', queries: event.data.queries } };
    case 'RepaymentEscalated':
      return { status: 'escalated', order, standing: { outcome: 'escalated' } };
    case 'RepaymentFailed':
      return { status: 'failed', order, standing: { outcome: 'failed' } };
    case 'RepaymentSettled': {
      const { channelReference } = event.data;
      return { status: 'settled', order, standing: { outcome: 'settled', channelReference } };
    }
    case 'RepaymentAllocated':
      return { status: 'allocated', order, standing, allocation: event.data };
    default:
      return unreachable(event);
  }
};
