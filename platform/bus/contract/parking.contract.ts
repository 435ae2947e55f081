import type { ReadBatch } from '../../read-store';
import { MemoryReadStore } from '../../read-store/adapters/memory';
import { type Clock, systemClock, systemTimers } from '../../runtime';
import type { Bus, BusMessage } from '../bus';
import type { ParkedMessage } from '../parked-messages';
import { ParkingConsumer } from '../parking-consumer';
import { Gate, Inbox, inCorner, messages, numberOf, numbersOf, type OpenBus, upTo } from './harness.contract';

interface Sick {
  readonly consumer: ParkingConsumer;
  readonly inbox: Inbox;
  /** Messages of the key `sick` with these numbers fail. */
  readonly failing: Set<number>;
  readonly parked: ParkedMessage[];
  tries: number;
}

/** A consumer whose handler fails with some messages of the key `sick`. */
const sickConsumer = (bus: Bus, store = new MemoryReadStore(), clock: Clock = systemClock): Sick => {
  const sick: Sick = {
    failing: new Set(),
    parked: [],
    tries: 0,
    inbox: new Inbox(async (received: BusMessage) => {
      if (received.key !== 'sick' || !sick.failing.has(numberOf(received))) return;
      sick.tries += 1;
      throw new Error('the partner\nrefuses it');
    }),
    consumer: new ParkingConsumer(bus, store, {
      clock,
      timers: systemTimers,
      triesMax: 3,
      backoff: { firstMs: 1, mostMs: 2 },
      sweepEveryMs: 50,
      parked: (message) => {
        sick.parked.push(message);
        sick.inbox.look();
      },
    }),
  };
  return sick;
};

/** A store that takes nothing out before it is told to. */
class KeepingStore extends MemoryReadStore {
  readonly gate = new Gate();

  override async commit(batch: ReadBatch): Promise<void> {
    if (batch.puts.some(({ doc }) => doc === undefined)) await this.gate.opened;
    await super.commit(batch);
  }
}

/** A process's clock that is an hour slow. */
const slowClock: Clock = { now: () => systemClock.now() - 3_600_000 };

export const describeParking = (open: OpenBus): void => {
  describe('parking', () => {
    test(
      'a message that always fails is parked after so many tries, what follows it behind it; other keys go on',
      inCorner(open, async ({ bus, topic, finally: atEnd }) => {
        const sick = sickConsumer(bus);
        sick.failing.add(1);
        const of = { topic, group: 'readers' };
        atEnd(await sick.consumer.subscribe(topic, 'readers', sick.inbox.handler));
        await bus.publish(topic, messages(['sick', 'well'], 4));
        await sick.inbox.until(() => sick.parked.length === 3);
        await sick.inbox.untilDistinct(5);
        expect(numbersOf(sick.inbox.received, 'well')).toEqual(upTo(4));
        expect(numbersOf(sick.inbox.received, 'sick')).toEqual([0]);
        expect(sick.tries).toBe(3);
        expect(await sick.consumer.count(of)).toBe(3);
        const { items } = await sick.consumer.list(of, 10);
        expect(items.map(({ doc }) => doc)).toMatchObject([
          {
            state: 'failed',
            key: 'sick',
            attempts: 3,
            reason: 'Error: the partner refuses it',
            message: { event: { revision: '1' } },
          },
          { state: 'behind', key: 'sick', attempts: 0, message: { event: { revision: '2' } } },
          { state: 'behind', key: 'sick', attempts: 0, message: { event: { revision: '3' } } },
        ]);
      }),
    );

    test(
      'retried after its cause is gone it is handled, and then what waited behind it, in order',
      inCorner(open, async ({ bus, topic, finally: atEnd }) => {
        const sick = sickConsumer(bus);
        sick.failing.add(0);
        const of = { topic, group: 'readers' };
        atEnd(await sick.consumer.subscribe(topic, 'readers', sick.inbox.handler));
        await bus.publish(topic, messages(['sick'], 3));
        await sick.inbox.until(() => sick.parked.length === 3);
        const id = sick.parked[0]?.id ?? '';

        expect(await sick.consumer.retry(of, id)).toBe(true);
        expect((await sick.consumer.list(of, 1)).items[0]?.doc).toMatchObject({ id, state: 'failed', attempts: 4 });

        sick.failing.clear();
        expect(await sick.consumer.retry(of, id)).toBe(true);
        expect(numbersOf(sick.inbox.received, 'sick')).toEqual([0, 1, 2]);
        expect(await sick.consumer.count(of)).toBe(0);
        expect(await sick.consumer.retry(of, id)).toBe(false);

        await bus.publish(topic, messages(['sick'], 1));
        await sick.inbox.untilDistinct(4);
        expect(numbersOf(sick.inbox.received, 'sick')).toEqual([0, 1, 2, 0]);
      }),
    );

    test(
      'skipped it is given up, and what waited behind it is handled',
      inCorner(open, async ({ bus, topic, finally: atEnd }) => {
        const sick = sickConsumer(bus);
        sick.failing.add(0);
        const of = { topic, group: 'readers' };
        atEnd(await sick.consumer.subscribe(topic, 'readers', sick.inbox.handler));
        await bus.publish(topic, messages(['sick'], 3));
        await sick.inbox.until(() => sick.parked.length === 3);
        const id = sick.parked[0]?.id ?? '';
        expect(await sick.consumer.skip(of, id)).toBe(true);
        expect(await sick.consumer.skip(of, id)).toBe(false);
        expect(numbersOf(sick.inbox.received, 'sick')).toEqual([1, 2]);
        expect(await sick.consumer.count(of)).toBe(0);
      }),
    );

    test(
      'what comes to wait behind one that is just handled does not wait for nobody',
      inCorner(open, async ({ bus, topic, finally: atEnd }) => {
        const store = new KeepingStore();
        const sick = sickConsumer(bus, store);
        sick.failing.add(0);
        const of = { topic, group: 'readers' };
        atEnd(await sick.consumer.subscribe(topic, 'readers', sick.inbox.handler));
        await bus.publish(topic, messages(['sick'], 1));
        await sick.inbox.until(() => sick.parked.length === 1);
        sick.failing.clear();
        const retried = sick.consumer.retry(of, sick.parked[0]?.id ?? '');
        await sick.inbox.untilDistinct(1);
        await bus.publish(topic, messages(['sick'], 2).slice(1));
        await sick.inbox.until(() => sick.parked.length === 2);
        store.gate.open();
        await retried;
        await sick.inbox.untilDistinct(2);
        expect(numbersOf(sick.inbox.received, 'sick')).toEqual([0, 1]);
      }),
    );

    test.each([
      ['with clocks that agree', systemClock],
      ['with a clock that is slow', slowClock],
    ])('what one process parked, another keeps in order %s, and a third may have tried again', (_, clock) =>
      inCorner(open, async ({ bus, topic, connect, finally: atEnd }) => {
        const store = new MemoryReadStore();
        const first = await connect();
        const before = sickConsumer(first, store);
        before.failing.add(0);
        const leaving = await before.consumer.subscribe(topic, 'readers', before.inbox.handler);
        await bus.publish(topic, messages(['sick'], 1));
        await before.inbox.until(() => before.parked.length === 1);
        await leaving.stop();
        await first.close();

        const after = sickConsumer(await connect(), store, clock);
        const subscription = await after.consumer.subscribe(topic, 'readers', after.inbox.handler);
        atEnd(subscription);
        await bus.publish(topic, messages(['sick'], 2).slice(1));
        await after.inbox.until(() => after.parked.length === 1);
        expect(after.parked).toMatchObject([{ state: 'behind', message: { event: { revision: '1' } } }]);

        const operator = sickConsumer(await connect(), store).consumer;
        await operator.retry({ topic, group: 'readers' }, before.parked[0]?.id ?? '');
        await after.inbox.untilDistinct(2);
        await subscription.stop();
        expect(numbersOf(after.inbox.received, 'sick')).toEqual([0, 1]);
        expect(await operator.count({ topic, group: 'readers' })).toBe(0);
      })(),
    );
  });
};
