import { type CollectionSpec, ReadStoreError } from './read-store';

const collectionName = /^[A-Za-z][\w-]*(@\d+)?$/;
const indexName = /^[A-Za-z]\w*$/;

/** The declared indexes, sorted. Names go into the names of tables and fields, so they are plain words. */
export const indexNames = (spec: CollectionSpec<never>): readonly string[] => {
  const names = Object.keys(spec.indexes).sort();
  if (!collectionName.test(spec.name)) throw new ReadStoreError(`not a collection's name: ${spec.name}`);
  for (const name of names) if (!indexName.test(name)) throw new ReadStoreError(`not an index's name: ${name}`);
  return names;
};

/** @throws ReadStoreError when a collection exists with other indexes than the declared ones. */
export const checkSameIndexes = (spec: CollectionSpec<never>, existing: readonly string[]): void => {
  const declared = indexNames(spec);
  if (declared.join() !== [...existing].sort().join()) {
    throw new ReadStoreError(`${spec.name} exists with the indexes [${existing.join()}], not [${declared.join()}]`);
  }
};
