export type { EventStoreDbEventStore, EventStoreDbOptions } from './eventstoredb-event-store';
export { openEventStoreDb } from './open';
