import { randomUUID } from 'node:crypto';
import { type Db, MongoClient } from 'mongodb';
import { type Interceptor, type MongoServer, startMongoServer } from '../../../../tests/support/mongodb';
import { type CollectionSpec, put, type ReadBatch, ReadStoreError } from '../..';
import { describeReadStore, type ReadStoreAtWork } from '../../read-store.contract';
import { MongoReadStore } from '.';

/**
 * A server that is not a replica set is no MongoDB to lend with. FerretDB goes through all documents for each write.
 */
const DOCUMENTS_ALONE = 400;

/** A store on a database of its own, which is dropped in the end. */
const openAt = async (url: string): Promise<ReadStoreAtWork & { readonly database: Db }> => {
  const name = `usance-test-${randomUUID()}`;
  const client = await MongoClient.connect(url);
  const { setName } = await client.db('admin').command({ hello: 1 });
  const open = (): Promise<MongoReadStore> => MongoReadStore.open({ url, database: name });
  const store = await open();
  const others: MongoReadStore[] = [];
  return {
    store,
    database: client.db(name),
    ...(setName === undefined ? { documents: DOCUMENTS_ALONE } : {}),
    another: async () => {
      const other = await open();
      others.push(other);
      return other;
    },
    dispose: async () => {
      await client.db(name).dropDatabase();
      await Promise.all([client, store, ...others].map((each) => each.close()));
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

interface Loan {
  readonly status: string;
  readonly outstanding: { readonly amount: string; readonly currency: string };
}
const LOANS: CollectionSpec<Loan> = { name: 'loans@1', indexes: { byStatus: ({ status }) => [status] } };
const loan = (amount: string): Loan => ({ status: 'active', outstanding: { amount, currency: 'CNY' } });

const batch = (position: string, amounts: Readonly<Record<string, string>>): ReadBatch => ({
  reader: 'loans@1',
  checkpoint: position,
  puts: Object.entries(amounts).map(([key, amount]) => put(LOANS, key, loan(amount), position)),
});

describe('read store: MongoDB when things go wrong', () => {
  let atWork: Awaited<ReturnType<typeof openAt>>;
  beforeEach(async () => {
    atWork = await openAt(server.url);
    await atWork.store.prepare(LOANS);
  });
  afterEach(async () => {
    server.intercept(undefined);
    await atWork.dispose();
  });

  const amounts = async (...keys: readonly string[]): Promise<readonly (string | undefined)[]> => {
    const found = await atWork.store.getMany(LOANS, keys);
    return keys.map((key) => found.get(key)?.doc.outstanding.amount);
  };

  /** Does something else with the first update of a collection. */
  const atFirstUpdateOf = (collection: string, interceptor: Interceptor): void => {
    let waiting = true;
    server.intercept((name, body, carryOut) => {
      if (!waiting || body['update'] !== collection) return carryOut(body);
      waiting = false;
      return interceptor(name, body, carryOut);
    });
  };

  it('has its documents written when it dies before the checkpoint, and can commit them again', async () => {
    server.intercept((_, body, carryOut) => (body['update'] === '_checkpoints' ? 'hang up' : carryOut(body)));
    await expect(atWork.store.commit(batch('1', { a: '1.00', b: '1.00' }))).rejects.toThrow(ReadStoreError);
    server.intercept(undefined);
    expect(await amounts('a', 'b')).toEqual(['1.00', '1.00']);
    expect(await atWork.store.checkpoint('loans@1')).toBe('');
    await atWork.store.commit(batch('1', { a: '1.00', b: '1.00' }));
    await atWork.store.commit(batch('2', { a: '2.00' }));
    expect(await amounts('a', 'b')).toEqual(['2.00', '1.00']);
    expect(await atWork.store.checkpoint('loans@1')).toBe('2');
  });

  it('commits once when the answer is lost', async () => {
    atFirstUpdateOf('loans@1', (_, body, carryOut) => {
      carryOut(body);
      return 'hang up';
    });
    await atWork.store.commit(batch('1', { a: '1.00' }));
    expect(await amounts('a')).toEqual(['1.00']);
    expect(await atWork.store.checkpoint('loans@1')).toBe('1');
  });

  it('writes its document when another writer inserted an older one in between', async () => {
    const other = await atWork.another();
    await other.prepare(LOANS);
    await other.commit(batch('1', { a: '1.00' }));
    atFirstUpdateOf('loans@1', () => ({ n: 0, nModified: 0, writeErrors: [{ index: 0, code: 11_000 }], ok: 1 }));
    await atWork.store.commit(batch('2', { a: '2.00' }));
    expect(await amounts('a')).toEqual(['2.00']);
  });

  it('gives way when another writer inserted a newer one in between', async () => {
    await atWork.store.commit(batch('3', { a: '3.00' }));
    await atWork.store.commit(batch('2', { a: '2.00', b: '2.00' }));
    expect(await amounts('a', 'b')).toEqual(['3.00', '2.00']);
  });

  it('gives up, with the checkpoint where it was, when every attempt meets another writer', async () => {
    server.intercept((_, body, carryOut) =>
      body['update'] === 'loans@1'
        ? { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 11_000 }], ok: 1 }
        : carryOut(body),
    );
    await expect(atWork.store.commit(batch('1', { a: '1.00' }))).rejects.toThrow(ReadStoreError);
    expect(await atWork.store.checkpoint('loans@1')).toBe('');
  });

  it('writes the rest where a server leaves it undone behind a duplicate', async () => {
    await atWork.store.commit(batch('3', { b: '3.00' }));
    server.intercept((name, body, carryOut) => carryOut(name === 'update' ? { ...body, ordered: true } : body));
    await atWork.store.commit(batch('2', { a: '2.00', b: '2.00', c: '2.00' }));
    expect(await amounts('a', 'b', 'c')).toEqual(['2.00', '3.00', '2.00']);
  });

  it('does not move the checkpoint when the majority did not confirm the documents', async () => {
    atFirstUpdateOf('loans@1', (_, body, carryOut) => ({
      ...carryOut(body),
      writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' },
    }));
    await expect(atWork.store.commit(batch('1', { a: '1.00' }))).rejects.toThrow(ReadStoreError);
    expect(await atWork.store.checkpoint('loans@1')).toBe('');
  });

  it('asks the majority, and the disk, whatever the URL says, in one round trip for the documents', async () => {
    const careless = await MongoReadStore.open({ url: `${server.url}?w=0`, database: atWork.database.databaseName });
    await careless.prepare(LOANS);
    const updates: unknown[] = [];
    server.intercept((_, body, carryOut) => {
      if ('update' in body) updates.push([body['update'], body['writeConcern']]);
      return carryOut(body);
    });
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, each) => [`loan-${each}`, '1.00']));
    await careless.commit(batch('1', many));
    await careless.close();
    const writeConcern = { w: 'majority', j: true, wtimeout: 10_000 };
    expect(updates).toEqual([
      ['loans@1', writeConcern],
      ['_checkpoints', writeConcern],
    ]);
  });

  it('cannot be opened without a server', async () => {
    const gone = await startMongoServer();
    await gone.close();
    const open = MongoReadStore.open({ url: gone.url, database: 'x', serverSelectionMilliseconds: 50 });
    await expect(open).rejects.toThrow(ReadStoreError);
  });
});

describe('read store: what lies in MongoDB', () => {
  it('is plain documents with amounts as texts, and the declared indexes', async () => {
    const { store, database, dispose } = await openAt(server.url);
    await store.prepare(LOANS);
    await store.commit(batch('1', { a: '1000.00' }));
    const loans = database.collection(LOANS.name);
    expect(await loans.findOne({ 'doc.outstanding.amount': '1000.00' })).toEqual({
      _id: 'a',
      position: '1',
      doc: { outstanding: { amount: '1000.00', currency: 'CNY' }, status: 'active' },
      by: { byStatus: 'tactive  a' },
    });
    const indexes = await loans.listIndexes().toArray();
    expect(indexes.map(({ name, key }) => [name, key])).toEqual([
      ['_id_', { _id: 1 }],
      ['byStatus', { 'by.byStatus': 1 }],
    ]);
    await dispose();
  });
});
