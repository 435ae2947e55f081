import { MemoryReadStore } from '../read-store/adapters/memory';
import type { BusMessage } from './bus';
import { message, numberOf } from './contract/harness.contract';
import { deduplicated, prepareSeen, seenInMemory, seenInStore } from './dedupe';

describe('de-duplication', () => {
  const handled: BusMessage[] = [];
  const handler = async (received: BusMessage): Promise<void> => {
    handled.push(received);
  };
  beforeEach(() => {
    handled.length = 0;
  });

  test('memory holds the latest ids, so many of them', async () => {
    const handle = deduplicated(handler, seenInMemory(2));
    const [one, two, three] = [message('a', 1), message('b', 2), message('c', 3)];
    for (const each of [one, one, two, three, two, one]) await handle(each);
    expect(handled.map(numberOf)).toEqual([1, 2, 3, 1]);
  });

  test('a message whose handling failed has not been seen', async () => {
    let broken = true;
    const handle = deduplicated(async (received) => {
      if (broken) throw new Error('broken');
      await handler(received);
    }, seenInMemory());
    const one = message('a', 1);
    await expect(handle(one)).rejects.toThrow('broken');
    broken = false;
    await handle(one);
    expect(handled).toEqual([one]);
  });

  test('a stream whose messages have several keys is remembered for each, as they overtake one another', async () => {
    const store = new MemoryReadStore();
    await prepareSeen(store);
    const handle = deduplicated(handler, seenInStore(store, 'notices'));
    const early = message('a', 0);
    const late = { ...message('a', 1), key: 'another' };
    for (const each of [late, early, late, early]) await handle(each);
    expect(handled).toEqual([late, early]);
  });

  test('the store remembers over a restart, per group and stream, in one document each', async () => {
    const store = new MemoryReadStore();
    await prepareSeen(store);
    const sent = [message('a', 0), message('a', 1), message('b', 0), message('a', 2)];
    const first = deduplicated(handler, seenInMemory(), seenInStore(store, 'notices'));
    for (const each of sent.slice(0, 3)) await first(each);
    const restarted = deduplicated(handler, seenInMemory(), seenInStore(store, 'notices'));
    for (const each of sent) await restarted(each);
    expect(handled).toEqual(sent);
    const others = deduplicated(handler, seenInStore(store, 'others'));
    for (const each of sent) await others(each);
    expect(handled).toHaveLength(8);
    let documents = 0;
    for await (const page of store.scan({ name: 'bus-seen', indexes: {} })) documents += page.length;
    expect(documents).toBe(4);
  });
});
