export { type BlindIndexer, createBlindIndexer } from './blind-indexer';
export type { KeyStore } from './key-store';
export { type MasterKey, MasterKeyError, masterKey, masterKeyFromText } from './master-key';
export { masterKeyFromFile, rotateMasterKeyFile } from './master-key-file';
export { BrokenSealError, openText, sealingKeyOf, sealText } from './sealed-text';
export {
  openSubjectKeys,
  SubjectErasedError,
  type SubjectKeys,
} from './subject-keys';
