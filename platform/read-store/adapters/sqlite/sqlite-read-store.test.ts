import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeReadStore } from '../../read-store.contract';
import { SqliteReadStore } from '.';

describeReadStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'usance-read-store-'));
  const stores = [SqliteReadStore.open(join(folder, 'read.db'))] as const;
  const others: SqliteReadStore[] = [];
  return {
    store: stores[0],
    another: async () => {
      const other = SqliteReadStore.open(join(folder, 'read.db'));
      others.push(other);
      return other;
    },
    dispose: async () => {
      await Promise.all([...stores, ...others].map((store) => store.close()));
      await rm(folder, { recursive: true });
    },
  };
});
