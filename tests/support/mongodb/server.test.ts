import { MongoClient, type MongoServerError } from 'mongodb';
import { type MongoServer, startMongoServer } from '.';

interface Loan {
  readonly _id: string;
  readonly status: string;
  readonly days?: number;
  readonly terms?: { readonly months: number };
}

let server: MongoServer;
let client: MongoClient;
beforeAll(async () => {
  server = await startMongoServer();
  client = await MongoClient.connect(server.url);
});
afterAll(async () => {
  await client.close();
  await server.close();
});
beforeEach(() => client.db('lending').dropDatabase());

const loans = () => client.db('lending').collection<Loan>('loans');

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: MongoServerError) => error.code,
  );

describe('the MongoDB stand-in, seen through the driver', () => {
  it('inserts, and refuses the same _id again', async () => {
    await loans().insertMany([
      { _id: 'a', status: 'active' },
      { _id: 'b', status: 'active' },
    ]);
    expect(await codeOf(loans().insertOne({ _id: 'a', status: 'closed' }))).toBe(11_000);
    expect(await loans().countDocuments({ status: 'active' })).toBe(2);
    expect(await loans().estimatedDocumentCount()).toBe(2);
  });

  it('goes on behind a failed write where order does not matter, and stops where it does', async () => {
    const documents = ['a', 'a', 'b'].map((_id) => ({ _id, status: 'active' }));
    expect(await codeOf(loans().insertMany(documents))).toBe(11_000);
    expect(await loans().countDocuments({})).toBe(1);
    expect(await codeOf(loans().insertMany(documents, { ordered: false }))).toBe(11_000);
    expect(await loans().countDocuments({})).toBe(2);
  });

  it('finds, sorts, skips, limits and projects, over as many batches as it takes', async () => {
    const many = Array.from({ length: 250 }, (_, each) => ({
      _id: `loan-${each}`,
      status: 'active',
      days: each % 100,
    }));
    await loans().insertMany(many);
    expect(
      await loans()
        .find({ days: { $gte: 10, $lt: 20 } })
        .batchSize(7)
        .toArray(),
    ).toHaveLength(30);
    const page = loans().find({}).sort({ days: -1, _id: 1 }).skip(1).limit(2).project({ days: 1 });
    expect(await page.toArray()).toEqual([
      { _id: 'loan-99', days: 99 },
      { _id: 'loan-198', days: 98 },
    ]);
  });

  it('updates by operators, replaces, and upserts behind a guard', async () => {
    await loans().insertOne({ _id: 'a', status: 'active', days: 1, terms: { months: 6 } });
    await loans().updateOne({ _id: 'a' }, { $set: { 'terms.months': 12 }, $inc: { days: 2 }, $unset: { status: '' } });
    expect(await loans().findOne({ _id: 'a' })).toEqual({ _id: 'a', days: 3, terms: { months: 12 } });
    const guarded = (days: number): Promise<unknown> =>
      loans().replaceOne({ _id: 'a', days: { $lt: days } }, { status: 'active', days }, { upsert: true });
    await guarded(5);
    expect(await codeOf(guarded(4))).toBe(11_000);
    expect(await loans().findOne({ _id: 'a' })).toEqual({ _id: 'a', status: 'active', days: 5 });
    expect(await loans().updateMany({}, { $set: { status: 'active' } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    });
  });

  it('deletes, renames and drops', async () => {
    await loans().insertMany(['a', 'b', 'c'].map((_id) => ({ _id, status: 'active' })));
    expect(await loans().deleteOne({ status: 'active' })).toMatchObject({ deletedCount: 1 });
    expect(await loans().deleteMany({})).toMatchObject({ deletedCount: 2 });
    await loans().rename('old-loans');
    const names = await client.db('lending').listCollections({}, { nameOnly: true }).toArray();
    expect(names.map(({ name }) => name)).toEqual(['old-loans']);
    expect(await client.db('lending').dropCollection('old-loans')).toBe(true);
    expect(await codeOf(client.db('lending').collection('old-loans').rename('x'))).toBe(26);
  });

  it('aggregates', async () => {
    await loans().insertMany(['a', 'b', 'c'].map((_id, days) => ({ _id, status: days > 0 ? 'late' : 'ok', days })));
    const sums = loans().aggregate([{ $group: { _id: '$status', days: { $sum: '$days' } } }, { $sort: { _id: 1 } }]);
    expect(await sums.toArray()).toEqual([
      { _id: 'late', days: 3 },
      { _id: 'ok', days: 0 },
    ]);
  });

  it('keeps indexes as names, and notices one that changes', async () => {
    await loans().createIndex({ status: 1 }, { name: 'byStatus' });
    await loans().createIndex({ status: 1 }, { name: 'byStatus' });
    expect((await loans().listIndexes().toArray()).map(({ name }) => name)).toEqual(['_id_', 'byStatus']);
    expect(await codeOf(loans().createIndex({ days: 1 }, { name: 'byStatus' }))).toBe(86);
  });

  it('refuses what it does not do', async () => {
    const transaction = client.withSession((session) =>
      session.withTransaction(() => loans().insertOne({ _id: 'a', status: 'active' }, { session })),
    );
    await expect(transaction).rejects.toThrow();
    expect(await codeOf(loans().createIndex({ status: 1 }, { unique: true }))).toBe(2);
    expect(await codeOf(loans().watch().next())).toBe(20);
    expect(await codeOf(client.db('lending').command({ serverStatus: 1 }))).toBe(59);
    expect(await loans().countDocuments({})).toBe(0);
  });
});
