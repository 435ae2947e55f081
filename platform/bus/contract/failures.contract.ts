import { deduplicated, seenInMemory } from '../dedupe';
import { Gate, Inbox, inCorner, message, messages, numbersOf, type OpenBus, upTo } from './harness.contract';

export const describeFailures = (open: OpenBus): void => {
  describe('failures and restarts', () => {
    test(
      'a handler that throws gets the message again, before the next one of its key',
      inCorner(open, async ({ bus, topic }) => {
        let failures = 0;
        const inbox = new Inbox(async ({ event }) => {
          if (event.revision === '2' && failures < 3) {
            failures += 1;
            throw new Error('not yet');
          }
        });
        await inbox.on(bus, topic, 'readers');
        await bus.publish(topic, messages(['a'], 6));
        await inbox.untilDistinct(6);
        expect(numbersOf(inbox.received, 'a')).toEqual(upTo(6));
        expect(failures).toBe(3);
      }),
    );

    test(
      'a key that fails holds up no other',
      inCorner(open, async ({ bus, topic }) => {
        let healed = false;
        const inbox = new Inbox(async ({ key }) => {
          if (key === 'sick' && !healed) throw new Error('still sick');
        });
        await inbox.on(bus, topic, 'readers');
        await bus.publish(topic, messages(['sick', 'well', 'fine'], 100));
        await inbox.untilDistinct(200);
        expect(numbersOf(inbox.received, 'sick')).toEqual([]);
        healed = true;
        await inbox.untilDistinct(300);
        expect(numbersOf(inbox.received, 'sick')).toEqual(upTo(100));
      }),
    );

    test(
      'a restart goes on from the committed place: what was done is done, what failed comes again',
      inCorner(open, async ({ bus, topic, connect }) => {
        const first = await connect();
        const tried = new Gate();
        const before = new Inbox(async ({ event }) => {
          if (event.revision !== '3') return;
          tried.open();
          throw new Error('out of order');
        });
        await before.on(first, topic, 'readers');
        await bus.publish(topic, messages(['a'], 6));
        await tried.opened;
        await first.close();
        expect(numbersOf(before.received, 'a')).toEqual([0, 1, 2]);

        const after = new Inbox();
        await after.on(await connect(), topic, 'readers');
        await after.untilDistinct(3);
        expect(numbersOf(after.received, 'a')).toEqual([3, 4, 5]);
      }),
    );

    test(
      'stopping waits for the message in hand, which then is done',
      inCorner(open, async ({ bus, topic, connect }) => {
        const begun = new Gate();
        const finish = new Gate();
        const before = new Inbox(async () => {
          begun.open();
          await finish.opened;
        });
        const subscription = await before.on(await connect(), topic, 'readers');
        await bus.publish(topic, messages(['a'], 2));
        await begun.opened;
        let stopped = false;
        const stopping = subscription.stop().then(() => {
          stopped = true;
        });
        await new Promise(setImmediate);
        expect(stopped).toBe(false);
        finish.open();
        await stopping;
        expect(numbersOf(before.received, 'a')).toEqual([0]);

        const after = new Inbox();
        await after.on(bus, topic, 'readers');
        await after.untilDistinct(1);
        expect(numbersOf(after.received, 'a')).toEqual([1]);
      }),
    );

    test(
      'a message published twice is handled once by a consumer that remembers ids',
      inCorner(open, async ({ bus, topic }) => {
        const inbox = new Inbox();
        await bus.subscribe(topic, 'readers', deduplicated(inbox.handler, seenInMemory()));
        const [first, second] = [message('a', 0), message('a', 1)];
        await bus.publish(topic, [first, first, second]);
        await bus.publish(topic, [first, second, message('a', 2)]);
        await inbox.untilDistinct(3);
        expect(numbersOf(inbox.received, 'a')).toEqual([0, 1, 2]);
      }),
    );
  });
};
