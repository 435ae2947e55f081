import { type Collection, MongoBulkWriteError, MongoServerError } from 'mongodb';
import { ReadStoreError } from '../../read-store';
import type { StoredDocument } from './stored-document';

const DUPLICATE_KEY = 11_000;
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/** Every further attempt means that another writer got in between, which then is ahead. */
const ATTEMPTS = 10;

/**
 * Replaces or inserts each document unless one of at least its position is stored: one command for all of them.
 *
 * The guard is the filter: a document that is stored with a later position does not match, so the upsert tries to
 * insert a second one with its _id, and MongoDB refuses that as a duplicate. But a duplicate has another cause too:
 * someone inserted the same document between our search and our insert, and theirs may well be the older one. And a
 * server may leave writes undone behind the first that failed. So a duplicate only says: look at what is stored now,
 * and try again what is still ahead of it.
 */
export const writeGuarded = async (
  collection: Collection<StoredDocument>,
  documents: readonly StoredDocument[],
): Promise<void> => {
  let pending = latestOfEach(documents);
  for (let attempt = 0; pending.length > 0 && attempt < ATTEMPTS; attempt += 1) {
    if (await written(collection, pending)) return;
    pending = await aheadOfStored(collection, pending);
  }
  if (pending.length > 0)
    throw new ReadStoreError(`${collection.collectionName}: others keep writing the same documents`);
};

/** A bulk write without order would let two versions of one document race each other. */
const latestOfEach = (documents: readonly StoredDocument[]): readonly StoredDocument[] => {
  const latest = new Map<string, StoredDocument>();
  for (const document of documents) {
    const other = latest.get(document._id);
    if (other === undefined || other.position < document.position) latest.set(document._id, document);
  }
  return [...latest.values()];
};

/** Whether all of it is done: false when documents with the same keys were in the way of some. */
const written = async (
  collection: Collection<StoredDocument>,
  documents: readonly StoredDocument[],
): Promise<boolean> => {
  const writes = documents.map((replacement) => ({
    replaceOne: {
      filter: { _id: replacement._id, position: { $lt: replacement.position } },
      replacement,
      upsert: true,
    },
  }));
  try {
    await collection.bulkWrite(writes, { ordered: false });
    return true;
  } catch (error) {
    if (error instanceof MongoBulkWriteError && onlyDuplicates(error)) return false;
    throw error;
  }
};

/**
 * Nothing else went wrong: the driver reports a broken connection as the same kind of error, with what it knows of
 * earlier parts of the bulk, and that the majority has not confirmed what was written.
 */
const onlyDuplicates = (error: MongoBulkWriteError): boolean =>
  isDuplicateKey(error) &&
  error.result.getWriteConcernError() === undefined &&
  error.result.getWriteErrors().every(({ code }) => code === DUPLICATE_KEY);

const aheadOfStored = async (
  collection: Collection<StoredDocument>,
  documents: readonly StoredDocument[],
): Promise<readonly StoredDocument[]> => {
  const ids = documents.map(({ _id }) => _id);
  const stored = await collection.find({ _id: { $in: ids } }, { projection: { position: 1 } }).toArray();
  const positions = new Map(stored.map(({ _id, position }) => [_id, position]));
  return documents.filter(({ _id, position }) => {
    const other = positions.get(_id);
    return other === undefined || other < position;
  });
};
