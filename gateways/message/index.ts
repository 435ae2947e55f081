export type { MessageGateway, MessageOutcome } from './message-gateway';
