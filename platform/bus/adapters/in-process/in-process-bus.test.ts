import { describeBus } from '../../bus.contract';
import { Gate, Inbox, message, numberOf, upTo } from '../../contract/harness.contract';
import { InProcessBroker, InProcessBus } from './in-process-bus';

describeBus('in process', async () => {
  const broker = new InProcessBroker({ backoff: { firstMs: 1, mostMs: 10 } });
  const clients: InProcessBus[] = [];
  return {
    connect: async () => {
      const client = new InProcessBus(broker);
      clients.push(client);
      return client;
    },
    dispose: async () => {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
});

describe('the in-process broker', () => {
  const sent = upTo(6).map((n) => message('a', n));

  test('keeps no more than its capacity for groups without members', async () => {
    const bus = new InProcessBus(new InProcessBroker({ capacity: 4 }));
    const inbox = new Inbox();
    const subscription = await inbox.on(bus, 'topic', 'readers');
    await bus.publish('topic', sent.slice(0, 1));
    await inbox.untilDistinct(1);
    await subscription.stop();
    await bus.publish('topic', sent.slice(1));
    await inbox.on(bus, 'topic', 'readers');
    await inbox.untilDistinct(5);
    expect(inbox.received.map(numberOf)).toEqual([0, 2, 3, 4, 5]);
    await bus.close();
  });

  test('has a publisher wait for a group that is as far behind as the capacity', async () => {
    const bus = new InProcessBus(new InProcessBroker({ capacity: 4 }));
    const gate = new Gate();
    const inbox = new Inbox(() => gate.opened);
    await inbox.on(bus, 'topic', 'readers');
    let published = false;
    const publishing = bus.publish('topic', sent).then(() => {
      published = true;
    });
    await new Promise(setImmediate);
    expect(published).toBe(false);
    gate.open();
    await publishing;
    await inbox.untilDistinct(6);
    expect(inbox.received.map(numberOf)).toEqual(upTo(6));
    await bus.close();
  });
});
