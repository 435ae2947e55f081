import { Readable } from 'node:stream';
import { systemTimers } from '../../../runtime';
import { EventStoreError } from '../../event-store';
import { type ClientDialect, Mark, type ServerEvent, type ServerSubscription } from './dialect';
import { follow } from './following';
import { Horizon } from './horizon';
import { LogReading } from './log-reading';
import { Patience } from './patience';

const event = (n: number): ServerEvent => ({
  id: `event-${n}`,
  stream: 'loan-1',
  revision: BigInt(n),
  place: { commit: BigInt(n), prepare: BigInt(n) },
  type: 'LoanOpened',
  data: {},
  metadata: {},
});

/** A subscription that sends these messages and then breaks. */
const breaking = (...messages: readonly (ServerEvent | Mark)[]): ServerSubscription => {
  const stream = new Readable({ objectMode: true, read: () => undefined });
  for (const message of messages) stream.push(message);
  setImmediate(() => stream.emit('error', new Error('broken off')));
  return { stream, next: () => stream.read() ?? undefined, cancel: () => undefined };
};

test('what arrived together with news of how far the server has looked is handed out before the log is asked', async () => {
  // The checkpoint lies behind anything known here, so that the log is asked where it ends. It does not answer.
  const subscription = breaking(event(1), event(2), new Mark({ considered: { commit: 9n, prepare: 9n } }));
  const client: ClientDialect = {
    append: () => Promise.reject(new Error('unavailable')),
    readStream: () => Promise.reject(new Error('unavailable')),
    readLog: () => Promise.reject(new Error('unavailable')),
    subscribe: () => subscription,
    dispose: async () => undefined,
  };
  const closed = new AbortController().signal;
  const patience = new Patience(
    { attempts: 2, firstPauseMs: 1, longestPauseMs: 1, deadlineMs: 1_000 },
    systemTimers,
    closed,
  );
  const horizon = new Horizon();
  const log = new LogReading(client, patience, horizon, closed);
  const parts = { client, patience, horizon, log, timers: systemTimers, quietMs: 5, closed };

  const seen: string[] = [];
  const following = async (): Promise<void> => {
    for await (const page of follow(parts, { categories: ['loan'] })) seen.push(...page.events.map(({ id }) => id));
  };
  await expect(following()).rejects.toThrow(EventStoreError);
  expect(seen).toEqual(['event-1', 'event-2']);
});
