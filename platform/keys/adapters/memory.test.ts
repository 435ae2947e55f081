import { subjectKeysContract } from '../subject-keys.contract';
import { MemoryKeyStore } from './memory';

subjectKeysContract('memory', async () => {
  const store = new MemoryKeyStore();
  return { connect: async () => store, dispose: async () => {} };
});
