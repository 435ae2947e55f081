export { ACCOUNTS, type AccountCode, accountCodeSchema } from './accounts';
export { type LedgerCommand, ledgerCommands } from './commands';
export { type Entry, entrySchema, type LedgerEvent, ledgerEvents, type Posting, postingSchema } from './events';
