import { randomUUID } from 'node:crypto';
import { livesOneLoan } from '../support/one-loan-life';
import { Stage } from '../support/stage';
import { namedServer } from './named-server';

/** @services eventstoredb mongodb kafka redis? */

/** A database of its own, so that a server used by others is fine; the log is expected to be this house's alone. */
const databaseOfItsOwn = (): string => {
  const url = new URL(namedServer('mongodb'));
  url.pathname = `/usance-${randomUUID().slice(0, 8)}`;
  return url.toString();
};

/** Seventy dates are closed, and for each the sagas wait until the bus has been quiet for a second. */
const CLOSING_MS = 300_000;

describe('one loan on the distributed profile', () => {
  test(
    'lives its whole life: the log, the read models, the keys and the bus each on a server of their own',
    async () => {
      const stage = await Stage.open({
        environment: {
          EVENT_STORE_URL: namedServer('eventstoredb'),
          MONGODB_URL: databaseOfItsOwn(),
          KAFKA_BROKERS: namedServer('kafka'),
          ...(process.env['REDIS_URL'] ? { REDIS_URL: process.env['REDIS_URL'] } : {}),
        },
      });
      try {
        await livesOneLoan(stage);
      } finally {
        await stage.close();
      }
    },
    CLOSING_MS,
  );
});
