import { channelDecider } from '../../domain/channel';
import { channelId, isRefusal } from '../../domain/kernel';
import { issuedOn } from '../../tests/support/decider-specification';
import { CHANNEL_PROFILES, SANDBOX_CHANNELS, type SandboxChannel } from '.';
import { chooseBehaviour, settingsSchema } from './behaviour';

const PAYOUTS = 2_000;

/** How a channel meets payouts that nobody has asked for before. */
const meets = (seed: string, name: SandboxChannel): readonly string[] => {
  const settings = settingsSchema.parse(CHANNEL_PROFILES[name].settings);
  return Array.from({ length: PAYOUTS }, (_, n) =>
    chooseBehaviour(settings, { seed, operation: 'payout', key: `p${n}`, attempt: 0, magic: undefined }),
  );
};

const share = (seed: string, name: SandboxChannel, behaviour: string): number =>
  meets(seed, name).filter((met) => met === behaviour).length / PAYOUTS;

describe('the channels of the sandbox', () => {
  it.each(SANDBOX_CHANNELS)('%s can be enrolled on its terms', (name) => {
    const data = { channelId: channelId(name), terms: CHANNEL_PROFILES[name].terms };
    const command = { type: 'EnrolChannel', data, ...issuedOn('2026-11-22') } as const;
    const outcome = channelDecider.decide(command, channelDecider.initial);
    expect(isRefusal(outcome) ? outcome.detail : outcome.map(({ type }) => type)).toEqual(['ChannelEnrolled']);
  });

  it('are as unreliable as is said of each, and the same whenever the seed is', () => {
    for (const name of SANDBOX_CHANNELS) {
      expect(meets('a', name)).toEqual(meets('a', name));
      expect(meets('a', name)).not.toEqual(meets('b', name));
    }
    expect(share('a', 'saverpay', 'refuse')).toBeGreaterThan(2 * share('a', 'channel', 'refuse'));
    expect(share('a', 'channel', 'refuse')).toBeGreaterThan(share('a', 'quickpay', 'refuse'));
    expect(share('a', 'saverpay', 'slow')).toBeGreaterThan(0.2);
    expect(share('a', 'quickpay', 'slow')).toBe(0);
  });
});
