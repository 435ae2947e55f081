import { openEventStoreDb } from '../../platform/event-store/adapters/eventstoredb';
import { describeEventStore, type OpenStore } from '../../platform/event-store/event-store.contract';
import { namedServer } from './named-server';

/** A server takes 1 MiB an append, with whatever belongs to the event, unless it is told to take more. */
const MOST_OF_A_MEBIBYTE = 1024 * 1024 - 1024;

/** A server that others use too may have much to read through. */
const TEST_MS = 120_000;

/** @services eventstoredb */
const open: OpenStore = async () => {
  const url = namedServer('eventstoredb');
  let store = await openEventStoreDb(url);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openEventStoreDb(url);
      return store;
    },
    dispose: () => store.close(),
  };
};

describeEventStore('EventStoreDB', open, { bigEvent: MOST_OF_A_MEBIBYTE, timeout: TEST_MS });
