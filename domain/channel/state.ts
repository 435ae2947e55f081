import { assert, unreachable } from '../kernel';
import type { ChannelEvent, Heartbeat } from './events';
import type { ChannelTerms } from './terms';

type DataOf<Type extends ChannelEvent['type']> = Extract<ChannelEvent, { type: Type }>['data'];

interface Enrolled {
  readonly terms: ChannelTerms;
  /** The last one heard; none before the first. */
  readonly heartbeat?: Heartbeat;
}

/** A payment channel. Only one in service takes movements. */
export type ChannelState =
  | { readonly status: 'none' }
  | (Enrolled & { readonly status: 'in-service' })
  | (Enrolled & {
      readonly status: 'degraded';
      readonly anomaly: DataOf<'ChannelDegraded'>['anomaly'];
      /** Probes passed in a row since. */
      readonly passed: number;
    })
  | (Enrolled & { readonly status: 'suspended' | 'retired'; readonly reason: string });

export type EnrolledChannel = Exclude<ChannelState, { readonly status: 'none' }>;
export type ChannelStatus = EnrolledChannel['status'];

export const noChannel: ChannelState = { status: 'none' };

const enrolledPart = ({ terms, heartbeat }: Enrolled): Enrolled => ({ terms, ...(heartbeat && { heartbeat }) });

export const evolve = (state: ChannelState, event: ChannelEvent): ChannelState => {
  if (event.type === 'ChannelEnrolled') return { status: 'in-service', terms: event.data.terms };
  assert(state.status !== 'none', `${event.type} before the channel was enrolled`);
  switch (event.type) {
    case 'ChannelTermsRevised':
      return { ...state, terms: event.data.terms };
    case 'ChannelHeartbeatHeard':
      return { ...state, heartbeat: event.data };
    case 'ChannelDegraded':
      return { ...enrolledPart(state), status: 'degraded', anomaly: event.data.anomaly, passed: 0 };
    case 'ChannelProbed':
      return state.status === 'degraded' ? { ...state, passed: event.data.inARow } : state;
    case 'ChannelRestored':
      return { ...enrolledPart(state), status: 'in-service' };
    case 'ChannelSuspended':
      return { ...enrolledPart(state), status: 'suspended', reason: event.data.reason };
    case 'ChannelRetired':
      return { ...enrolledPart(state), status: 'retired', reason: event.data.reason };
    default:
      return unreachable(event);
  }
};
