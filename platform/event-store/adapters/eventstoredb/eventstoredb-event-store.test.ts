import { startEventStoreDb } from '../../../../tests/support/eventstoredb';
import { describeEventStore, type OpenStore } from '../../event-store.contract';
import { openEventStoreDb } from '.';

/** A server takes 1 MiB an append, with whatever belongs to the event, unless it is told to take more. */
const BIG_EVENT = 1024 * 1024 - 1024;

const REAL = process.env['EVENT_STORE_URL'];
if (REAL !== undefined) {
  const open: OpenStore = async () => {
    const store = await openEventStoreDb(REAL);
    return { store, dispose: () => store.close() };
  };
  describeEventStore('EventStoreDB at EVENT_STORE_URL', open, { bigEvent: BIG_EVENT, timeout: 120_000 });
}

const standIn: OpenStore = async () => {
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
};

describeEventStore('EventStoreDB, stand-in', standIn, { appendsPerWriter: 4 });
