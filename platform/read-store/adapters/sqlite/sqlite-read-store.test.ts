import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { put, ReadStoreError } from '../..';
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

  it('writes what comes at the same time together, but for what cannot be written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'usance-read-store-'));
    const store = SqliteReadStore.open(join(folder, 'read.db'));
    const [known, unknown] = ['loans@1', 'nowhere@1'].map((name) => ({ name, indexes: {} }));
    if (!known || !unknown) throw new Error('there are two');
    await store.prepare(known);
    const commits = Array.from({ length: 20 }, (_, n) =>
      store.commit({ reader: `r${n}`, checkpoint: '1', puts: [put(n === 7 ? unknown : known, `k${n}`, { n }, '1')] }),
    );
    const outcomes = await Promise.allSettled(commits);
    expect(outcomes.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([7]);
    expect((await store.getMany(known, ['k6', 'k7', 'k8'])).size).toBe(2);
    expect([await store.checkpoint('r6'), await store.checkpoint('r7')]).toEqual(['1', '']);

    const last = store.commit({ reader: 'r', checkpoint: '2', puts: [put(known, 'k', { n: 0 }, '2')] });
    await store.close();
    await expect(last).resolves.toBeUndefined();
    await rm(folder, { recursive: true });
  });
});
