import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadStoreError } from '../..';
import { describeReadStore } from '../../read-store.contract';
import { SqliteReadStore } from '.';

describeReadStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'usance-read-store-'));
  const file = join(folder, 'read.db');
  const store = SqliteReadStore.open(file);
  const others: SqliteReadStore[] = [];
  return {
    store,
    another: async () => {
      const other = SqliteReadStore.open(file);
      others.push(other);
      return other;
    },
    dispose: async () => {
      await Promise.all([store, ...others].map((each) => each.close()));
      await rm(folder, { recursive: true });
    },
  };
});

describe('read store: an SQLite file', () => {
  it('is not opened when it is something else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'usance-read-store-'));
    const file = join(folder, 'read.db');
    await writeFile(file, 'not a database, but longer than the header of one would be '.repeat(9));
    expect(() => SqliteReadStore.open(file)).toThrow(ReadStoreError);
    expect(() => SqliteReadStore.open(join(folder, 'nowhere', 'read.db'))).toThrow(ReadStoreError);
    await rm(folder, { recursive: true });
  });
});
