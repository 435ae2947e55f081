export type { MessageGateway, MessageOutcome, OutgoingMessage } from './message-gateway';
