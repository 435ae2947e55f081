import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { type MongoServer, startMongoServer } from '../../../tests/support/mongodb';
import { type KeyPlace, subjectKeysContract } from '../subject-keys.contract';
import { MongoKeyStore } from './mongodb';

/** A database of its own, which is dropped in the end. */
const newPlace = async (url: string): Promise<KeyPlace> => {
  const client = await MongoClient.connect(url);
  const database = client.db(`usance-test-${randomUUID()}`);
  return {
    connect: () => MongoKeyStore.open(database),
    dispose: async () => {
      await database.dropDatabase();
      await client.close();
    },
  };
};

const REAL = process.env['MONGODB_URL'];
if (REAL !== undefined) subjectKeysContract('MongoDB at MONGODB_URL', () => newPlace(REAL));

let server: MongoServer;
beforeAll(async () => {
  server = await startMongoServer();
});
afterAll(() => server.close());

subjectKeysContract('MongoDB, stand-in', () => newPlace(server.url));

describe('subject keys on MongoDB when things go wrong', () => {
  let place: KeyPlace;
  beforeEach(async () => {
    place = await newPlace(server.url);
  });
  afterEach(async () => {
    server.intercept(undefined);
    await place.dispose();
  });

  const key = { id: 'key-1', subject: 'borrower-a', wrapped: 'w' };

  it('keeps a key once when the answer is lost', async () => {
    const store = await place.connect();
    let lost = false;
    server.intercept((_, body, carryOut) => {
      const answer = carryOut(body);
      if (lost || body['insert'] === undefined) return answer;
      lost = true;
      return 'hang up';
    });
    // The driver tries again and meets its own document: what is there counts.
    expect(await store.keep(key)).toEqual(key);
    expect(lost).toBe(true);
    expect(await store.byId('key-1')).toEqual(key);
  });

  it('asks for a majority, on disk, with every write', async () => {
    const concerns: unknown[] = [];
    server.intercept((_, body, carryOut) => {
      if (body['insert'] !== undefined || body['update'] !== undefined) concerns.push(body['writeConcern']);
      return carryOut(body);
    });
    const store = await place.connect();
    await store.pin('a', 'b');
    await store.keep(key);
    await store.rewrap(key, 'v');
    await store.destroy('borrower-a');
    expect(concerns.length).toBeGreaterThanOrEqual(5);
    for (const concern of concerns) expect(concern).toMatchObject({ w: 'majority', j: true });
  });

  it('says what could not be done when the server cannot do it', async () => {
    const store = await place.connect();
    server.intercept((_, body, carryOut) =>
      body['insert'] === undefined && body['find'] === undefined
        ? carryOut(body)
        : { ok: 0, code: 8000, codeName: 'AtlasError', errmsg: 'out of order' },
    );
    await expect(store.keep(key)).rejects.toThrow('a data key could not be written');
    await expect(store.byId('key-1')).rejects.toThrow('a data key could not be read');
    await expect(store.destroy('borrower-a')).rejects.toThrow('a data key could not be destroyed');
  });
});
