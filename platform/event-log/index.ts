export { canonicalHash } from './canonical-hash';
export { CanonicalJsonError, canonicalJson } from './canonical-json';
export { eventIdOf, InvalidEventError, UnreadableEventError } from './codec';
export * from './event-log';
export { createEventLog, type EventLogParts, type VerifiableEventLog } from './event-log-on-store';
export type { EventData, EventRegistry, LoggedType, PersonalValues, Upcaster } from './event-types';
export { type ChainFault, type ChainFaultKind, verifyChain } from './hash-chain';
export { type LogVerification, verifyLog, verifyStream } from './log-verifier';
