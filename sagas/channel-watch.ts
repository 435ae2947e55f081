import { aggregates } from '../commands';
import { type ChannelId, channelId, channelIdSchema, instantAt } from '../domain/kernel';
import { effect, type HouseSaga, type Reaction } from './house-saga';

/** After a probe that passed the next one comes soon: the channel is wanted back. One that failed is let rest. */
const PROBE_AGAIN_MS = { passed: 60_000, failed: 10 * 60_000 } as const;

const probeAt = (epochMs: number): Reaction => ({ kind: 'deadline', name: 'probe', at: instantAt(epochMs), data: {} });

const judge = (id: ChannelId, seen: string): readonly Reaction[] => [
  effect('judge', { kind: 'judge-channel', channelId: id, seen }),
];

const hear = (id: ChannelId): Reaction => effect('hear', { kind: 'hear-channel', channelId: id });

/**
 * Hears how channels stand, takes one out of use when too much goes wrong with it one time after the other, and has it
 * probed until it may be used again. Nothing under way is touched by that: its outcome is found out as ever.
 */
export const channelWatch: HouseSaga = {
  name: 'channel-watch',
  types: [
    'ChannelEnrolled',
    'ChannelTermsRevised',
    'PayoutFailed',
    'PayoutUnknown',
    'RepaymentFailed',
    'RepaymentUnknown',
    'ChannelDegraded',
    'ChannelProbed',
  ],
  key: (event) => ('channel' in event.data ? channelId(String(event.data.channel)) : event.stream),
  react: async (event, view) => {
    switch (event.type) {
      case 'ChannelEnrolled':
      case 'ChannelTermsRevised':
        return event.data.terms.heartbeatSeconds === undefined ? [] : [hear(channelIdSchema.parse(event.stream))];
      case 'PayoutFailed':
      case 'RepaymentFailed':
        return judge(channelId(event.data.channel), event.position);
      case 'PayoutUnknown':
      case 'RepaymentUnknown':
        // Silence counts once; that it goes on is no news.
        return event.data.queries === 0 ? judge(channelId(event.data.channel), event.position) : [];
      case 'ChannelDegraded':
        return [probeAt(Date.parse(event.data.degradedAt) + PROBE_AGAIN_MS.passed)];
      case 'ChannelProbed': {
        const { state } = await view.load(aggregates.channel, channelIdSchema.parse(event.stream));
        if (state.status !== 'degraded') return [];
        const wait = event.data.passed ? PROBE_AGAIN_MS.passed : PROBE_AGAIN_MS.failed;
        return [probeAt(Date.parse(event.meta.bookedAt) + wait)];
      }
      default:
        return [];
    }
  },
  onDeadline: ({ key, name }) => {
    const id = channelIdSchema.parse(key);
    return name === 'hear' ? [hear(id)] : [effect('probe', { kind: 'probe-channel', channelId: id })];
  },
};
