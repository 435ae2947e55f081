export { openSqliteEventStore } from './open';
export type { SqliteEventStore } from './sqlite-event-store';
