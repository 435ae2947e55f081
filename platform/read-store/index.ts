export { put } from './put';
export {
  type CollectionSpec,
  type IndexValue,
  InvalidCursorError,
  type Put,
  type QueryItem,
  type QueryOptions,
  type QueryPage,
  type ReadBatch,
  type ReadStore,
  ReadStoreError,
  type Versioned,
} from './read-store';
export { liveVersion, swapLive, versionedName } from './versioned-collection';
