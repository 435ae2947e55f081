import { startEventStoreDb } from '../../support/eventstoredb';
import type { Way } from './service';

/** The gRPC server of the test tree: no package registry carries EventStoreDB itself. */
export const eventStoreStandIn: Way = async ({ say }) => {
  say('starting the stand-in for EventStoreDB');
  const server = await startEventStoreDb();
  return {
    kind: 'stand-in',
    name: "the test tree's gRPC server (EventStoreDB's protocol, a log in memory)",
    url: server.url,
    stop: () => server.close(),
  };
};
