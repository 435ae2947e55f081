import {
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

export const describeGroups = (open: OpenBus): void => {
  describe('groups', () => {
    test(
      'every message goes to exactly one member of a group',
      inCorner(open, async ({ bus, topic, connect }) => {
        const keys = keysNamed(40);
        const inboxes = [new Inbox(), new Inbox()] as const;
        const [one, other] = inboxes;
        await one.on(bus, topic, 'readers');
        await other.on(await connect(), topic, 'readers');
        const sent = messages(keys, 20);
        await bus.publish(topic, sent);
        const all = (): readonly string[] => [...idsOf(one.received), ...idsOf(other.received)];
        const complete = (): boolean => new Set(all()).size === sent.length;
        await Promise.race(inboxes.map((inbox) => inbox.until(complete)));
        expect([...all()].sort()).toEqual([...idsOf(sent)].sort());
      }),
    );

    test(
      'what a member leaves, another takes over, in order',
      inCorner(open, async ({ bus, topic, connect }) => {
        const keys = keysNamed(10);
        const one = new Inbox();
        const other = new Inbox();
        const leaving = await one.on(bus, topic, 'readers');
        await other.on(await connect(), topic, 'readers');
        await bus.publish(topic, messages(keys, 10));
        const total = (): number => new Set([...idsOf(one.received), ...idsOf(other.received)]).size;
        await Promise.race([one, other].map((inbox) => inbox.until(() => total() === 100)));
        await leaving.stop();
        const later = keys.flatMap((key) => upTo(10).map((n) => message(key, 10 + n)));
        await bus.publish(topic, later);
        await other.until(() => total() === 200);
        for (const key of keys) {
          expect(numbersOf(other.received, key).filter((n) => n >= 10)).toEqual(upTo(10).map((n) => 10 + n));
        }
      }),
    );

    test(
      'two groups both get everything',
      inCorner(open, async ({ bus, topic }) => {
        const one = new Inbox();
        const other = new Inbox();
        await one.on(bus, topic, 'readers');
        await other.on(bus, topic, 'others');
        const sent = messages(['a', 'b'], 25);
        await bus.publish(topic, sent);
        await Promise.all([one.untilDistinct(50), other.untilDistinct(50)]);
        expect(numbersOf(one.received, 'a')).toEqual(upTo(25));
        expect(numbersOf(other.received, 'a')).toEqual(upTo(25));
      }),
    );

    test(
      'a new group begins with the oldest message',
      inCorner(open, async ({ bus, topic }) => {
        await bus.publish(topic, messages(['a'], 10));
        const inbox = new Inbox();
        await inbox.on(bus, topic, 'latecomers');
        await inbox.untilDistinct(10);
        expect(numbersOf(inbox.received, 'a')).toEqual(upTo(10));
      }),
    );
  });
};
