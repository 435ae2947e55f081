import { type Instant, instantAt, type Refusal, refuse, unreachable } from '../kernel';
import type { ChannelCommand } from './commands';
import type { ChannelEvent, Heartbeat } from './events';
import type { ChannelState, EnrolledChannel } from './state';
import { type ChannelTerms, faultIn, faultInCost } from './terms';

type CommandOfType<Type extends ChannelCommand['type']> = Extract<ChannelCommand, { readonly type: Type }>;
type OnEnrolled = Exclude<ChannelCommand, CommandOfType<'EnrolChannel'>>;
type Outcome = readonly ChannelEvent[] | Refusal;

/** What the command asks for is so already. */
const NOTHING: readonly ChannelEvent[] = [];

/**
 * What follows from a command on a channel. An anomaly takes it out of use by itself, probes bring it back; what a
 * person has suspended only a person restores, and a retired one is never used again.
 */
export const decide = (command: ChannelCommand, state: ChannelState): Outcome => {
  if (command.type === 'EnrolChannel') return enrol(command, state);
  if (state.status === 'none') return refuse('NOT_FOUND', `there is no ${command.data.channelId}`);
  if (state.status === 'retired') return onRetired(command);
  return onEnrolled(command, state);
};

const enrol = ({ data, businessDate }: CommandOfType<'EnrolChannel'>, state: ChannelState): Outcome => {
  if (state.status !== 'none') return refuse('ALREADY_EXISTS', `${data.channelId} is ${state.status}`);
  const fault = faultIn(data.terms);
  if (fault !== undefined) return refuse('CHANNEL_TERMS_INVALID', fault);
  return [{ type: 'ChannelEnrolled', data: { terms: data.terms, enrolledOn: businessDate } }];
};

/** What still arrives of a retired channel is no news; whoever wants to use it is told. */
const onRetired = (command: OnEnrolled): Outcome => {
  switch (command.type) {
    case 'RecordHeartbeat':
    case 'RecordProbe':
    case 'DegradeChannel':
    case 'RetireChannel':
      return NOTHING;
    case 'ReviseChannelTerms':
    case 'SuspendChannel':
    case 'RestoreChannel':
      return refuse('CHANNEL_RETIRED', `${command.data.channelId} has been retired`);
    default:
      return unreachable(command);
  }
};

const onEnrolled = (command: OnEnrolled, state: EnrolledChannel): Outcome => {
  const { at } = command;
  switch (command.type) {
    case 'ReviseChannelTerms':
      return revise(command, state.terms);
    case 'RecordHeartbeat':
      return hear(command, state);
    case 'DegradeChannel':
      return state.status === 'in-service' ? [degraded(command.data.anomaly, command.data.detail, at)] : NOTHING;
    case 'RecordProbe':
      return state.status === 'degraded' ? probed(command, state) : NOTHING;
    case 'SuspendChannel':
      return state.status === 'suspended'
        ? NOTHING
        : [{ type: 'ChannelSuspended', data: { reason: command.data.reason } }];
    case 'RestoreChannel':
      return state.status === 'in-service'
        ? NOTHING
        : [{ type: 'ChannelRestored', data: { by: 'operator', reason: command.data.reason } }];
    case 'RetireChannel':
      return [{ type: 'ChannelRetired', data: { reason: command.data.reason } }];
    default:
      return unreachable(command);
  }
};

const revise = ({ data, businessDate }: CommandOfType<'ReviseChannelTerms'>, before: ChannelTerms): Outcome => {
  const { terms } = data;
  const fault =
    terms.currency === before.currency ? faultIn(terms) : `currency: a channel in ${before.currency} stays in it`;
  if (fault !== undefined) return refuse('CHANNEL_TERMS_INVALID', fault);
  return [{ type: 'ChannelTermsRevised', data: { terms, revisedOn: businessDate } }];
};

const degraded = (
  anomaly: CommandOfType<'DegradeChannel'>['data']['anomaly'],
  detail: string,
  degradedAt: Instant,
): ChannelEvent => ({ type: 'ChannelDegraded', data: { anomaly, detail, degradedAt } });

/** A heartbeat is news when it says something new, or when half the time of the one before is over. */
const hear = ({ data, at }: CommandOfType<'RecordHeartbeat'>, state: EnrolledChannel): Outcome => {
  const { available, balance, cost, validSeconds } = data;
  const { currency } = state.terms;
  if (balance && balance.currency !== currency) return refuse('CURRENCY_MISMATCH', `the channel is in ${currency}`);
  const fault = cost && faultInCost(cost, currency);
  if (fault !== undefined) return refuse('CHANNEL_TERMS_INVALID', fault);
  const expiresAt = instantAt(Date.parse(at) + validSeconds * 1_000);
  const heartbeat: Heartbeat = {
    available,
    ...(balance && { balance }),
    ...(cost && { cost }),
    heardAt: at,
    expiresAt,
  };
  const fails = !available && state.status === 'in-service';
  return [
    ...(isNews(heartbeat, state.heartbeat)
      ? [{ type: 'ChannelHeartbeatHeard', data: heartbeat } as const satisfies ChannelEvent]
      : []),
    ...(fails ? [degraded('unavailable', 'the channel says that it is not available', at)] : []),
  ];
};

const isNews = (now: Heartbeat, before: Heartbeat | undefined): boolean => {
  if (before === undefined || told(now) !== told(before)) return true;
  const [heard, expires] = [Date.parse(before.heardAt), Date.parse(before.expiresAt)];
  return 2 * Date.parse(now.heardAt) >= heard + expires;
};

const told = ({ available, balance, cost }: Heartbeat): string => JSON.stringify([available, balance, cost]);

const probed = (
  { data: { passed, detail } }: CommandOfType<'RecordProbe'>,
  state: Extract<ChannelState, { status: 'degraded' }>,
): Outcome => {
  const inARow = passed ? state.passed + 1 : 0;
  const enough = inARow >= state.terms.probesToRestore;
  return [
    { type: 'ChannelProbed', data: { passed, detail, inARow } },
    ...(enough
      ? [
          {
            type: 'ChannelRestored',
            data: { by: 'probes', reason: `${inARow} probes passed in a row` },
          } as const satisfies ChannelEvent,
        ]
      : []),
  ];
};
