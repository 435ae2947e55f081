import { describeEventStore } from '../../event-store.contract';
import { MemoryEventStore } from './memory-event-store';

describeEventStore('memory', async () => {
  const store = new MemoryEventStore();
  return { store, dispose: () => store.close() };
});
