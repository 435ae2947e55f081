import type { Decider } from '../kernel';
import type { IdentityCommand } from './commands';
import { decide } from './decide';
import type { IdentityEvent } from './events';
import { evolve, type IdentityState, initial } from './state';

export { type IdentityCommand, identityCommands } from './commands';
export { type IdentityEvent, identityEvents } from './events';
export type { IdentityState } from './state';

/** The claim of one borrower on one identity document. */
export const identityDecider: Decider<IdentityState, IdentityCommand, IdentityEvent> = { initial, decide, evolve };
