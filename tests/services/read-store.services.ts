import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { MongoReadStore } from '../../platform/read-store/adapters/mongodb';
import { describeReadStore } from '../../platform/read-store/read-store.contract';
import { namedServer } from './named-server';

/** FerretDB, which belongs to no replica set, goes through all documents for each write. */
const DOCUMENTS_ALONE = 400;

/** @services mongodb */
describeReadStore('MongoDB', async () => {
  const url = namedServer('mongodb');
  const database = `usance-services-${randomUUID()}`;
  const client = await MongoClient.connect(url);
  const { setName } = await client.db('admin').command({ hello: 1 });
  const stores: MongoReadStore[] = [];
  const another = async (): Promise<MongoReadStore> => {
    const store = await MongoReadStore.open({ url, database });
    stores.push(store);
    return store;
  };
  return {
    store: await another(),
    another,
    ...(setName === undefined ? { documents: DOCUMENTS_ALONE } : {}),
    dispose: async () => {
      await client.db(database).dropDatabase();
      await Promise.all([client, ...stores].map((each) => each.close()));
    },
  };
});
