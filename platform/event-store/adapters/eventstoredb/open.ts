import { EventStoreError } from '../../event-store';
import { dbClient } from './db-client';
import { EventStoreDbEventStore, type EventStoreDbOptions } from './eventstoredb-event-store';
import { failureOf } from './failure';

/**
 * Opens the log of an EventStoreDB or KurrentDB server (`esdb://…`, `esdb+discover://…`, `kurrentdb://…`; version 24.10
 * or newer: older ones may skip an event when a subscription with a filter is taken up again). The user of the URL must
 * be allowed to read `$all`. Servers are delivered with a limit of 1 MiB an append; who appends more raises it there
 * (`MaxAppendSize`).
 *
 * Asks the server where its log ends, and throws `EventStoreError` if it does not say.
 */
export const openEventStoreDb = async (
  url: string,
  options: EventStoreDbOptions = {},
): Promise<EventStoreDbEventStore> => {
  const store = new EventStoreDbEventStore(clientFor(url), options);
  try {
    await store.head();
    return store;
  } catch (error) {
    await store.close();
    throw failureOf('the event store cannot be opened', error);
  }
};

/** The client's own error would repeat the URL, and with it the password. */
const clientFor = (url: string): ReturnType<typeof dbClient> => {
  try {
    return dbClient(url);
  } catch {
    throw new EventStoreError(
      'the URL of the event store cannot be used; one looks like esdb://user:password@host:2113',
    );
  }
};
