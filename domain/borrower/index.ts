export { type BorrowerCommand, borrowerCommands } from './commands';
export { type BorrowerEvent, borrowerEvents, CONSENT_SCOPES, type ConsentScope, consentScopeSchema } from './events';
