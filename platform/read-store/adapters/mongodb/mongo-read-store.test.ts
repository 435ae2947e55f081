import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { type MongoServer, startMongoServer } from '../../../../tests/support/mongodb';
import { describeReadStore, type ReadStoreAtWork } from '../../read-store.contract';
import { MongoReadStore } from '.';

/** A store on a database of its own, which is dropped in the end. */
const openAt = async (url: string): Promise<ReadStoreAtWork> => {
  const database = `usance-test-${randomUUID()}`;
  const stores = [await MongoReadStore.open({ url, database })] as const;
  const others: MongoReadStore[] = [];
  return {
    store: stores[0],
    another: async () => {
      const other = await MongoReadStore.open({ url, database });
      others.push(other);
      return other;
    },
    dispose: async () => {
      await Promise.all([...stores, ...others].map((store) => store.close()));
      const client = await MongoClient.connect(url);
      await client.db(database).dropDatabase();
      await client.close();
    },
  };
};

const REAL = process.env['MONGODB_URL'];
if (REAL !== undefined) describeReadStore('MongoDB at MONGODB_URL', () => openAt(REAL));

let server: MongoServer;
beforeAll(async () => {
  server = await startMongoServer();
});
afterAll(() => server.close());

describeReadStore('MongoDB, stand-in', () => openAt(server.url));
