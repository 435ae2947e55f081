import { startEventStoreDb } from '../../../../tests/support/eventstoredb';
import { describeEventStore, type OpenedStore } from '../../event-store.contract';
import { openEventStoreDb } from '.';

/** A server takes 1 MiB an append, with whatever belongs to the event, unless it is told to take more. */
const MOST_OF_A_MEBIBYTE = 1024 * 1024 - 1024;

const REAL = process.env['EVENT_STORE_URL'];
if (REAL !== undefined) {
  describeEventStore(
    'EventStoreDB at EVENT_STORE_URL',
    openAt(() => REAL),
    { bigEvent: MOST_OF_A_MEBIBYTE },
  );
}

describeEventStore('EventStoreDB, stand-in', async () => {
  const server = await startEventStoreDb({ maxAppendBytes: 4 * 1024 * 1024 });
  let store = await openEventStoreDb(server.url);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openEventStoreDb(server.url);
      return store;
    },
    loseNextAnswer: () => server.faults.loseAnswers(1),
    dispose: async () => {
      await store.close();
      await server.close();
    },
  };
});
