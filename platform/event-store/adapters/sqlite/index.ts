export { openSqliteEventStore } from './open';
export type { SqliteEventStore, SqliteEventStoreOptions } from './sqlite-event-store';
