import { aggregates } from '../../commands';
import { anomalyIn } from '../../domain/channel';
import { businessDateAt, instantAt, keyOf } from '../../domain/kernel';
import { command, nothing, type Reaction } from '../house-saga';
import type { Effect } from './effect';
import type { OutsideWorld } from './outside-world';

type Of<Kind extends Effect['kind']> = Extract<Effect, { readonly kind: Kind }>;

/** Looks whether what goes wrong with a channel is more than chance, and if so has it degraded. */
export const judgeChannel = async (
  { read, channels }: OutsideWorld,
  { channelId, seen }: Of<'judge-channel'>,
): Promise<readonly Reaction[]> => {
  const { state } = await read.load(aggregates.channel, channelId);
  if (state.status !== 'in-service') return [];
  const health = await channels.healthOf(keyOf(channelId), seen);
  const anomaly = health && anomalyIn(health);
  return anomaly ? [command('degrade', { type: 'DegradeChannel', data: { channelId, ...anomaly } })] : [];
};

const DETAIL_MOST = 200;

/**
 * Asks a degraded channel about an instruction that it was never given: any signed answer shows that it is there and
 * itself again, and no money moves by asking.
 */
export const probeChannel = async (
  { read, channels, clock }: OutsideWorld,
  { channelId }: Of<'probe-channel'>,
): Promise<readonly Reaction[]> => {
  const { state } = await read.load(aggregates.channel, channelId);
  if (state.status !== 'degraded') return [];
  const answer = await channels.gatewayTo(keyOf(channelId)).query({
    effectId: `probe.${keyOf(channelId)}`,
    amount: state.terms.limits.least,
    businessDate: businessDateAt(clock.now()),
    submittedAt: instantAt(0),
  });
  const passed = answer.outcome !== 'unknown';
  const detail = answer.outcome === 'unknown' ? answer.reason.slice(0, DETAIL_MOST) : 'it answers';
  return [command('record', { type: 'RecordProbe', data: { channelId, passed, detail } })];
};

/** A heartbeat may be missed once; after that the channel is silent. */
const BEATS_VALID = 2;

/**
 * Asks a channel how it stands, and sees to it that it is asked again. What it does not say is not recorded: the last
 * word expires by itself.
 */
export const hearChannel = async (
  { read, channels, clock }: OutsideWorld,
  { channelId }: Of<'hear-channel'>,
): Promise<readonly Reaction[]> => {
  const { state } = await read.load(aggregates.channel, channelId);
  if (state.status === 'none' || state.status === 'retired') return [];
  const { heartbeatSeconds } = state.terms;
  if (heartbeatSeconds === undefined) return [];
  const answer = await channels.gatewayTo(keyOf(channelId)).heartbeat();
  const next: Reaction = {
    kind: 'deadline',
    name: 'hear',
    at: instantAt(clock.now() + heartbeatSeconds * 1_000),
    data: {},
  };
  if (answer.outcome !== 'answered') return [next];
  const { available, balance, cost } = answer;
  const told = { available, ...(balance && { balance }), ...(cost && { cost }) };
  const validSeconds = BEATS_VALID * heartbeatSeconds;
  return [next, command('record', { type: 'RecordHeartbeat', data: { channelId, ...told, validSeconds } }, nothing)];
};
