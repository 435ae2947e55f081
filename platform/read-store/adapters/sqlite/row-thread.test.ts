import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { put, ReadStoreError } from '../..';
import { describeCommits } from '../../contract/commits.contract';
import type { ReadStoreAtWork } from '../../contract/read-store-at-work';
import { SqliteReadStore, WRITING_THREAD } from '.';
import { RowThread } from './row-thread';

const compiler = require.resolve('../../../../tests/support/typescript.cjs');
const thread = { ...WRITING_THREAD, execArgv: ['--require', compiler] };

const openApart = async (): Promise<ReadStoreAtWork> => {
  const folder = await mkdtemp(join(tmpdir(), 'usance-read-store-'));
  const file = join(folder, 'read.db');
  const stores = [SqliteReadStore.open(file, { thread })] as const;
  const others: SqliteReadStore[] = [];
  return {
    store: stores[0],
    another: async () => {
      const other = SqliteReadStore.open(file, { thread });
      others.push(other);
      return other;
    },
    dispose: async () => {
      await Promise.all([...stores, ...others].map((each) => each.close()));
      await rm(folder, { recursive: true });
    },
  };
};

describe('read store: SQLite, written by a thread', () => {
  let atWork: ReadStoreAtWork;
  beforeEach(async () => {
    atWork = await openApart();
  });
  afterEach(() => atWork.dispose());

  describeCommits(() => atWork);

  const loans = { name: 'loans@1', indexes: {} };

  it('writes what comes at the same time, but for what cannot be written', async () => {
    const { store } = atWork;
    await store.prepare(loans);
    const commits = Array.from({ length: 20 }, (_, n) =>
      store.commit({
        reader: `r${n}`,
        checkpoint: '1',
        puts: [put(n === 7 ? { ...loans, name: 'nowhere@1' } : loans, `k${n}`, { n }, '1')],
      }),
    );
    const outcomes = await Promise.allSettled(commits);
    expect(outcomes.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([7]);
    expect((await store.getMany(loans, ['k6', 'k7', 'k8'])).size).toBe(2);
    expect([await store.checkpoint('r6'), await store.checkpoint('r7')]).toEqual(['1', '']);
  });

  it('writes a collection that is made again with other indexes', async () => {
    const { store } = atWork;
    const indexed = { ...loans, indexes: { byN: ({ n }: { n: number }) => [n] } };
    await store.prepare(loans);
    await store.commit({ reader: 'r', checkpoint: '1', puts: [put(loans, 'k', { n: 1 }, '1')] });
    await store.drop(loans.name);
    await store.prepare(indexed);
    await store.commit({ reader: 'r', checkpoint: '2', puts: [put(indexed, 'k', { n: 2 }, '2')] });
    const { items } = await store.query(indexed, { index: 'byN', equals: [2], limit: 9 });
    expect(items.map(({ key }) => key)).toEqual(['k']);
  });

  it('has written what it was asked for when it closes', async () => {
    const { store, another } = atWork;
    await store.prepare(loans);
    const last = store.commit({ reader: 'r', checkpoint: '1', puts: [put(loans, 'k', { n: 1 }, '1')] });
    await Promise.all([store.close(), expect(last).resolves.toBeUndefined()]);
    expect(await (await another()).checkpoint('r')).toBe('1');
  });
});

describe('a thread that writes', () => {
  it('says that it is gone, and was before', async () => {
    const gone = new RowThread('/nowhere/read.db', thread);
    const batch = { reader: 'r', checkpoint: '1', rows: [] };
    await expect(gone.write([batch])).rejects.toThrow(ReadStoreError);
    await expect(gone.write([batch])).rejects.toThrow(ReadStoreError);
    await expect(gone.close()).resolves.toBeUndefined();
  });
});
