export { type BlindIndexer, createBlindIndexer } from './blind-indexer';
export type { CacheLimits } from './bounded-cache';
export { type KeyOfSubject, type KeyStore, KeyStoreError, type StoredKey } from './key-store';
export { type MasterKey, MasterKeyError, masterKey, masterKeyFromText } from './master-key';
export { masterKeyFromFile, rotateMasterKeyFile } from './master-key-file';
export { BrokenSealError, openText, type SealingKey, sealingKeyOf, sealText } from './sealed-text';
export {
  KEY_CACHE,
  openSubjectKeys,
  SubjectErasedError,
  type SubjectKeys,
  type SubjectKeysParts,
} from './subject-keys';
