export { type IdentityCommand, identityCommands } from './commands';
export { type IdentityEvent, identityEvents } from './events';
