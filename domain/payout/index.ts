import type { Decider } from '../kernel';
import type { PayoutCommand } from './commands';
import { decide } from './decide';
import type { PayoutEvent } from './events';
import { evolve, noPayout, type PayoutState } from './state';

export { type EffectStanding, weighAnswer } from './channel-answer';
export { type ChannelOutcome, channelOutcomeSchema, type PayoutCommand, payoutCommands } from './commands';
export { type PayoutEvent, payoutEvents } from './events';
export type { PayoutState } from './state';

export const payoutDecider: Decider<PayoutState, PayoutCommand, PayoutEvent> = { initial: noPayout, decide, evolve };
