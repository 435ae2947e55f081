import { z } from 'zod';
import { openEventStoreDb } from '../../../platform/event-store/adapters/eventstoredb';
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

const info = z.object({ esVersion: z.string().optional(), dbVersion: z.string().optional() });

/** What answers at a URL calls itself, where its page for that can be read. */
export const eventStoreName = async (url: string): Promise<string> => {
  const store = await openEventStoreDb(url, { attempts: 3 });
  await store.close();
  const [, host, options] = /^[^:]+:\/\/(?:[^@/]*@)?([^/?,]+)(.*)$/.exec(url) ?? [];
  const scheme = options?.includes('tls=false') ? 'http' : 'https';
  const response = await fetch(`${scheme}://${host}/info`, { signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  );
  const told = info.safeParse(await response?.json().catch(() => undefined));
  if (!told.success) return 'EventStoreDB or KurrentDB of unknown version';
  return `EventStoreDB or KurrentDB ${told.data.dbVersion ?? told.data.esVersion ?? 'of unknown version'}`;
};
