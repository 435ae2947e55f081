import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventStore } from '../../event-store.contract';
import { openSqliteEventStore } from './open';

describeEventStore('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-'));
  const open = (): ReturnType<typeof openSqliteEventStore> =>
    // A tiny cache, so that the suite also meets streams whose ends are not in memory.
    openSqliteEventStore(join(folder, 'events.db'), { cachedStreams: 3 });
  let store = open();
  return {
    store,
    reopen: async () => {
      await store.close();
      store = open();
      return store;
    },
    dispose: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
