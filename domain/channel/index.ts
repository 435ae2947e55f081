import type { Decider } from '../kernel';
import type { ChannelCommand } from './commands';
import { decide } from './decide';
import type { ChannelEvent } from './events';
import { type ChannelState, evolve, noChannel } from './state';

export { amountBand } from './bands';
export { type ChannelCommand, channelCommands } from './commands';
export { channelCostSchema, costOf } from './cost';
export { type ChannelEvent, channelEvents, type Heartbeat, heartbeatSchema } from './events';
export { anomalyIn, type ChannelHealth } from './health';
export { replay, route } from './router';
export {
  type ChannelFacts,
  type Measured,
  type RoutedMovement,
  type RoutingDecision,
  routingDecisionSchema,
} from './routing';
export { firstRoutingPolicy, type RoutingPolicy, routingPolicy } from './routing-policy';
export type { ChannelState, ChannelStatus } from './state';
export { type ChannelTerms, channelTermsSchema } from './terms';

/** A payment channel: what was agreed with it, what it tells of itself, and whether it may be used. */
export const channelDecider: Decider<ChannelState, ChannelCommand, ChannelEvent> = {
  initial: noChannel,
  decide,
  evolve,
};
