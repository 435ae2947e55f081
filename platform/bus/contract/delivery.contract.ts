import { BusError } from '../bus';
import {
  Gate,
  Inbox,
  idsOf,
  inCorner,
  keysNamed,
  message,
  messages,
  numbersOf,
  type OpenBus,
  upTo,
} from './harness.contract';

export const describeDelivery = (open: OpenBus): void => {
  describe('delivery', () => {
    test(
      'messages of a key arrive in order, whatever the others do',
      inCorner(open, async ({ bus, topic }) => {
        const keys = ['a', 'b', 'c'];
        const inbox = new Inbox(async ({ key }) => {
          if (key === 'b') await new Promise(setImmediate);
        });
        await inbox.on(bus, topic, 'readers');
        const sent = messages(keys, 100);
        for (let from = 0; from < sent.length; from += 30) await bus.publish(topic, sent.slice(from, from + 30));
        await inbox.untilDistinct(sent.length);
        for (const key of keys) expect(numbersOf(inbox.received, key)).toEqual(upTo(100));
      }),
    );

    test(
      'calls of publish that are not awaited keep their order too',
      inCorner(open, async ({ bus, topic }) => {
        const inbox = new Inbox();
        await inbox.on(bus, topic, 'readers');
        await Promise.all(upTo(50).map((n) => bus.publish(topic, [message('a', n)])));
        await inbox.untilDistinct(50);
        expect(numbersOf(inbox.received, 'a')).toEqual(upTo(50));
      }),
    );

    test(
      'different keys are handled side by side',
      inCorner(open, async ({ bus, topic }) => {
        const started = new Map(['a', 'b'].map((key) => [key, new Gate()]));
        // Each of the two ends only after the other has begun.
        const inbox = new Inbox(async ({ key }) => {
          started.get(key)?.open();
          await Promise.all([...started.values()].map((gate) => gate.opened));
        });
        await inbox.on(bus, topic, 'readers');
        await bus.publish(topic, [message('a', 0), message('b', 0)]);
        await inbox.untilDistinct(2);
        expect(inbox.received).toHaveLength(2);
      }),
    );

    test(
      'a message arrives as it was sent, whatever the language',
      inCorner(open, async ({ bus, topic }) => {
        const inbox = new Inbox();
        await inbox.on(bus, topic, 'читатели');
        const sent = [
          message('借款-一', 0, {
            姓名: '张三丰',
            note: '¥1,000.00 – “žluťoučký” 🏦\u0000\n',
            nested: { list: [1, null, true] },
          }),
          message('借款-一', 1, { text: '字'.repeat(50_000) }),
        ];
        await bus.publish(topic, sent);
        await inbox.untilDistinct(2);
        expect(inbox.received).toEqual(sent);
      }),
    );

    test(
      '10,000 messages of 200 keys arrive, each key in order',
      inCorner(open, async ({ bus, topic }) => {
        const keys = keysNamed(200);
        const inbox = new Inbox();
        await inbox.on(bus, topic, 'readers');
        const sent = messages(keys, 50);
        await bus.publish(topic, sent);
        await inbox.untilDistinct(10_000);
        expect(inbox.received).toHaveLength(10_000);
        for (const key of keys) expect(numbersOf(inbox.received, key)).toEqual(upTo(50));
      }),
    );

    test(
      'publishing nothing is no message; a closed client refuses',
      inCorner(open, async ({ bus, topic, connect }) => {
        const inbox = new Inbox();
        await inbox.on(bus, topic, 'readers');
        const other = await connect();
        await other.publish(topic, []);
        await other.publish(topic, [message('a', 0)]);
        await other.close();
        await expect(other.publish(topic, [message('a', 1)])).rejects.toThrow(BusError);
        await expect(other.subscribe(topic, 'more', inbox.handler)).rejects.toThrow(BusError);
        await inbox.untilDistinct(1);
        expect(idsOf(inbox.received)).toHaveLength(1);
      }),
    );
  });
};
