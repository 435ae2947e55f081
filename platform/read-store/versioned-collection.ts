import { put } from './put';
import { type CollectionSpec, type ReadStore, ReadStoreError } from './read-store';

/**
 * Which version of a projection's collections is live. A new version builds beside the live one and is swapped in by
 * one write; readers ask here for the version to read.
 */
const LIVE: CollectionSpec<{ readonly version: number }> = { name: 'live', indexes: {} };

/** Physical name of a collection: `loans@3`. */
export const versionedName = (collection: string, version: number): string => `${collection}@${version}`;

/** The version that readers are to use; undefined until a first one has been swapped in. */
export const liveVersion = async (store: ReadStore, projection: string): Promise<number | undefined> =>
  (await store.get(LIVE, projection))?.doc.version;

/**
 * Lets readers use this version from now on, a newer or an older one. Idempotent.
 * @throws ReadStoreError when another swap of the same projection got in between.
 */
export const swapLive = async (store: ReadStore, projection: string, version: number): Promise<void> => {
  await store.prepare(LIVE);
  const live = await store.get(LIVE, projection);
  if (live?.doc.version === version) return;
  // Not the log's positions but a count of the swaps: it goes up when the version goes back, too.
  const swap = String(Number(live?.position ?? 0) + 1).padStart(12, '0');
  await store.commit({
    reader: `live:${projection}`,
    checkpoint: swap,
    puts: [put(LIVE, projection, { version }, swap)],
  });
  if ((await liveVersion(store, projection)) !== version) {
    throw new ReadStoreError(`${projection}: another swap came before the one to version ${version}`);
  }
};
