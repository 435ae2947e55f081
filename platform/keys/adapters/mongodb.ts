import { type Collection, type Db, MongoServerError } from 'mongodb';
import { type KeyOfSubject, type KeyStore, KeyStoreError, type StoredKey } from '../key-store';

/** One document per subject: a key is kept or destroyed in one atomic step. Without `key` it has been destroyed. */
interface SubjectDocument {
  readonly _id: string;
  readonly key?: { readonly id: string; readonly wrapped: string };
}

interface PinnedDocument {
  readonly _id: string;
  readonly value: string;
}

const DUPLICATE_KEY = 11_000;

/** Whether an insert was the first under its id. */
const isFirst = async (insert: Promise<unknown>): Promise<boolean> => {
  try {
    await insert;
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
};

const reporting = async <Result>(failure: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (cause) {
    throw new KeyStoreError(failure, { cause });
  }
};

const known = ({ _id, key }: SubjectDocument): StoredKey | 'destroyed' =>
  key ? { id: key.id, subject: _id, wrapped: key.wrapped } : 'destroyed';

/**
 * Keys in a MongoDB collection, written by a majority and read from the primary. A destroyed key is gone from the
 * collection at once; from the server's journal and oplog it goes as those move on.
 */
export class MongoKeyStore implements KeyStore {
  readonly #subjects: Collection<SubjectDocument>;
  readonly #pinned: Collection<PinnedDocument>;

  private constructor(db: Db, prefix: string) {
    const safely = {
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
    } as const;
    this.#subjects = db.collection(`${prefix}data_keys`, safely);
    this.#pinned = db.collection(`${prefix}data_keys_pinned`, safely);
  }

  /** The client stays its owner's to close. `prefix` goes before the names of the collections. */
  static async open(db: Db, prefix = ''): Promise<MongoKeyStore> {
    const store = new MongoKeyStore(db, prefix);
    await store.#subjects.createIndex({ 'key.id': 1 });
    return store;
  }

  ofSubject(subject: string): Promise<KeyOfSubject> {
    return reporting('a data key could not be read', async () => {
      const found = await this.#subjects.findOne({ _id: subject });
      return found ? known(found) : undefined;
    });
  }

  byId(id: string): Promise<StoredKey | undefined> {
    return reporting('a data key could not be read', async () => {
      const found = await this.#subjects.findOne({ 'key.id': id });
      const key = found ? known(found) : undefined;
      return key === 'destroyed' ? undefined : key;
    });
  }

  keep(candidate: StoredKey): Promise<StoredKey | 'destroyed'> {
    const { id, subject, wrapped } = candidate;
    return reporting('a data key could not be written', async () => {
      if (await isFirst(this.#subjects.insertOne({ _id: subject, key: { id, wrapped } }))) return candidate;
      return (await this.ofSubject(subject)) ?? 'destroyed';
    });
  }

  destroy(subject: string): Promise<void> {
    return reporting('a data key could not be destroyed', async () => {
      // Never an upsert: against a key that is being kept at the same moment it could fail. What is there is emptied.
      await isFirst(this.#subjects.insertOne({ _id: subject }));
      await this.#subjects.updateOne({ _id: subject }, { $unset: { key: '' } });
    });
  }

  async *all(): AsyncIterable<StoredKey> {
    for await (const found of this.#subjects.find({ 'key.id': { $exists: true } })) {
      const key = known(found);
      if (key !== 'destroyed') yield key;
    }
  }

  rewrap(key: StoredKey, wrapped: string): Promise<boolean> {
    return reporting('a data key could not be wrapped anew', async () => {
      const { modifiedCount } = await this.#subjects.updateOne(
        { _id: key.subject, 'key.id': key.id, 'key.wrapped': key.wrapped },
        { $set: { 'key.wrapped': wrapped } },
      );
      return modifiedCount === 1;
    });
  }

  pin(name: string, value: string): Promise<string> {
    return reporting(`"${name}" could not be written`, async () => {
      await isFirst(this.#pinned.insertOne({ _id: name, value }));
      return (await this.#pinned.findOne({ _id: name }))?.value ?? value;
    });
  }

  async close(): Promise<void> {}
}
