export { WRITING_THREAD } from './row-thread';
export { SqliteReadStore } from './sqlite-read-store';
