export { type ChannelOutcome, channelOutcomeSchema, type PayoutCommand, payoutCommands } from './commands';
export { type PayoutEvent, payoutEvents } from './events';
