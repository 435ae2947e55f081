export { WRITING_THREAD } from './row-thread';
export { SqliteReadStore, type SqliteReadStoreOptions } from './sqlite-read-store';
