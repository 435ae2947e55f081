export { canonicalHash } from './canonical-hash';
export { canonicalJson } from './canonical-json';
export { eventIdOf, InvalidEventError } from './codec';
export * from './event-log';
export { createEventLog, type VerifiableEventLog } from './event-log-on-store';
export type { EventData, EventRegistry, LoggedType, Upcaster } from './event-types';
export { type ChainFault, verifyChain } from './hash-chain';
export { type LogVerification, verifyLog, verifyStream } from './log-verifier';
export { UnreadableEventError } from './recorded';
