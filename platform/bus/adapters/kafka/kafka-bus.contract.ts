import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import type { UnreadableMessage } from '../../bus';
import { describeBus } from '../../bus.contract';
import { Inbox, message, numbersOf } from '../../contract/harness.contract';
import { KafkaBus } from './kafka-bus';

/** The bus contract, and what only a Kafka can be asked, on the brokers named. */
export const describeKafka = (brokers: readonly string[]): void => {
  const connect = (): KafkaBus =>
    new KafkaBus({ brokers, clientId: 'usance-contract', partitions: 4, backoff: { firstMs: 5, mostMs: 50 } });

  describeBus('Kafka', async () => {
    const clients: KafkaBus[] = [];
    return {
      connect: async () => {
        const client = connect();
        clients.push(client);
        return client;
      },
      dispose: async () => {
        await Promise.all(clients.map((client) => client.close()));
      },
    };
  });

  describe('Kafka', () => {
    test('what is no CloudEvent is told by its place and passed over', async () => {
      const topic = `contract.${randomUUID()}`;
      const bus = connect();
      const stranger = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).producer();
      try {
        await bus.publish(topic, [message('a', 0)]);
        await stranger.connect();
        await stranger.send({ topic, messages: [{ key: 'a', value: 'Zhang San' }] });
        await bus.publish(topic, [message('a', 1)]);
        const unreadable: UnreadableMessage[] = [];
        const inbox = new Inbox();
        await bus.subscribe(topic, 'readers', inbox.handler, {
          onUnreadable: async (told) => {
            unreadable.push(told);
          },
        });
        await inbox.untilDistinct(2);
        expect(numbersOf(inbox.received, 'a')).toEqual([0, 1]);
        const place = expect.stringMatching(/^\d+\/1$/);
        expect(unreadable).toEqual([{ topic, group: 'readers', place, reason: 'it is not JSON' }]);
      } finally {
        await stranger.disconnect();
        await bus.close();
      }
    });
  });
};
