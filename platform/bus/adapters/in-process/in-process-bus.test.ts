import { describeBus } from '../../bus.contract';
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
