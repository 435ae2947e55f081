import { type Collection, type Db, MongoClient, MongoError } from 'mongodb';
import { type Position, START } from '../../../event-store';
import { checkSameIndexes, indexNames } from '../../declaration';
import { queryPage, queryRange } from '../../query-page';
import {
  type CollectionSpec,
  type QueryOptions,
  type QueryPage,
  type ReadBatch,
  type ReadStore,
  ReadStoreError,
  type Versioned,
} from '../../read-store';
import { isDuplicateKey, writeGuarded } from './guarded-writes';
import { documentIn, type StoredDocument, storedDocument, versionedIn } from './stored-document';

const SCAN_PAGE = 500;

/** Books of the store's own; collections' names begin with a letter. */
const CHECKPOINTS = '_checkpoints';
const DECLARATIONS = '_collections';

interface Declaration {
  readonly _id: string;
  readonly indexes: readonly string[];
}

export interface MongoReadStoreOptions {
  /** `mongodb://…`. A write concern or read preference in it is overruled: a fold must not begin on an old document. */
  readonly url: string;
  readonly database: string;
  /** How long to look for a server that takes writes before giving up. */
  readonly serverSelectionMilliseconds?: number;
}

/**
 * Documents in MongoDB. Relies on nothing but single-document atomicity: every document is guarded by its position,
 * and the checkpoint is written when the documents are on the disks of the majority. A reader that stops in between
 * finds documents ahead of its checkpoint, folds the same events again, and the guards keep what is there.
 */
export class MongoReadStore implements ReadStore {
  readonly #client: MongoClient;
  readonly #database: Db;
  readonly #prepared = new Set<string>();

  private constructor(client: MongoClient, database: string) {
    this.#client = client;
    this.#database = client.db(database);
  }

  /** @throws ReadStoreError when there is no server at the URL. */
  static async open({ url, database, serverSelectionMilliseconds }: MongoReadStoreOptions): Promise<MongoReadStore> {
    const client = new MongoClient(url, {
      appName: 'usance',
      serverSelectionTimeoutMS: serverSelectionMilliseconds ?? 10_000,
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
      readPreference: 'primary',
    });
    await working(() => client.connect());
    return new MongoReadStore(client, database);
  }

  async prepare(spec: CollectionSpec<never>): Promise<void> {
    const indexes = indexNames(spec);
    await working(async () => {
      // Declared before it is made: whoever prepares it at the same time, or after a crash in between, makes the same.
      const declared = await this.#declare({ _id: spec.name, indexes });
      checkSameIndexes(spec, declared.indexes);
      const collection = this.#documents(spec.name);
      for (const index of indexes) await collection.createIndex({ [`by.${index}`]: 1 }, { name: index, sparse: true });
    });
    this.#prepared.add(spec.name);
  }

  async get<Doc extends object>(spec: CollectionSpec<Doc>, key: string): Promise<Versioned<Doc> | undefined> {
    return (await this.getMany(spec, [key])).get(key);
  }

  async getMany<Doc extends object>(
    spec: CollectionSpec<Doc>,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, Versioned<Doc>>> {
    const found = new Map<string, Versioned<Doc>>();
    if (keys.length === 0) return found;
    const filter = { _id: { $in: keys } };
    const stored = await working(() =>
      this.#documents(spec.name)
        .find(filter, { projection: { by: 0 } })
        .toArray(),
    );
    for (const each of stored) {
      const value = versionedIn<Doc>(each);
      if (value !== undefined) found.set(each._id, value);
    }
    return found;
  }

  async query<Doc extends object>(spec: CollectionSpec<Doc>, options: QueryOptions): Promise<QueryPage<Doc>> {
    const { from, below } = queryRange(spec, options);
    const { index, limit, order = 'ascending' } = options;
    const field = `by.${index}`;
    const stored = await working(() =>
      this.#documents(spec.name)
        .find({ [field]: { $gte: from, $lt: below } })
        .sort({ [field]: order === 'ascending' ? 1 : -1 })
        .limit(limit + 1)
        .batchSize(limit + 1)
        .toArray(),
    );
    const rows = stored.flatMap((each) => {
      const doc = documentIn<Doc>(each);
      const entry = each.by?.[index];
      return doc === undefined || entry === undefined ? [] : [{ key: each._id, doc, position: each.position, entry }];
    });
    return queryPage(rows, limit);
  }

  async *scan<Doc extends object>(
    spec: CollectionSpec<Doc>,
  ): AsyncGenerator<readonly { key: string; value: Versioned<Doc> }[]> {
    const cursor = this.#documents(spec.name)
      .find({}, { projection: { by: 0 } })
      .sort({ _id: 1 })
      .batchSize(SCAN_PAGE);
    try {
      while (await working(() => cursor.hasNext())) {
        const page = cursor.readBufferedDocuments(SCAN_PAGE).flatMap((each) => {
          const value = versionedIn<Doc>(each);
          return value === undefined ? [] : [{ key: each._id, value }];
        });
        if (page.length > 0) yield page;
      }
    } finally {
      await cursor.close();
    }
  }

  async commit(batch: ReadBatch): Promise<void> {
    const documents = new Map<string, StoredDocument[]>();
    for (const put of batch.puts) {
      if (!this.#prepared.has(put.collection)) throw new ReadStoreError(`${put.collection} was not prepared`);
      const others = documents.get(put.collection);
      if (others === undefined) documents.set(put.collection, [storedDocument(put)]);
      else others.push(storedDocument(put));
    }
    await working(async () => {
      for (const [name, each] of documents) await writeGuarded(this.#documents(name), each);
      await writeGuarded(this.#documents(CHECKPOINTS), [{ _id: batch.reader, position: batch.checkpoint }]);
    });
  }

  async checkpoint(reader: string): Promise<Position> {
    // One that a new primary might not know would outrun the documents that it does not know either.
    const options = { readConcern: { level: 'majority' } } as const;
    const stored = await working(() => this.#documents(CHECKPOINTS).findOne({ _id: reader }, options));
    return stored?.position ?? START;
  }

  async drop(name: string): Promise<void> {
    this.#prepared.delete(name);
    await working(async () => {
      await this.#documents(name).drop();
      await this.#declarations().deleteOne({ _id: name });
    });
  }

  async forget(reader: string): Promise<void> {
    await working(() => this.#documents(CHECKPOINTS).deleteOne({ _id: reader }));
  }

  async collections(): Promise<readonly string[]> {
    const declarations = await working(() => this.#declarations().find({}).toArray());
    return declarations.map(({ _id }) => _id).sort();
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** The declaration that stands: this one, or the one that was made before. */
  async #declare(declaration: Declaration): Promise<Declaration> {
    try {
      await this.#declarations().insertOne(declaration);
      return declaration;
    } catch (error) {
      const made = isDuplicateKey(error) ? await this.#declarations().findOne({ _id: declaration._id }) : null;
      if (made === null) throw error;
      return made;
    }
  }

  #documents(name: string): Collection<StoredDocument> {
    return this.#database.collection<StoredDocument>(name);
  }

  #declarations(): Collection<Declaration> {
    return this.#database.collection<Declaration>(DECLARATIONS);
  }
}

/** Awaits work of the driver's; what it throws becomes the port's error. */
const working = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MongoError) throw new ReadStoreError(`MongoDB: ${error.message}`, { cause: error });
    throw error;
  }
};
