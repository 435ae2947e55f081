import { describeReadStore } from '../../read-store.contract';
import { MemoryReadStore } from '.';

describeReadStore('memory', async () => {
  const store = new MemoryReadStore();
  return { store, another: async () => store, dispose: () => store.close() };
});
