import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import {
  type EventStoreDbServer,
  type EventStoreDbTraits,
  startEventStoreDb,
} from '../../../../tests/support/eventstoredb';
import { type AppendResult, EventStoreError, type NewEvent, type StoredEvent } from '../../event-store';
import { type EventStoreDbEventStore, type EventStoreDbOptions, openEventStoreDb } from '.';

const IMPATIENT = { attempts: 8, firstPauseMs: 2, longestPauseMs: 100, deadlineMs: 1_000, quietMs: 20 };
/** For a server that is silent on purpose. */
const HASTY = { ...IMPATIENT, deadlineMs: 250 };

const event = (fields: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(),
  type: 'RepaymentReceived',
  data: '{"n":1}',
  meta: '{"bookedAt":"2026-11-22T08:00:00Z"}',
  ...fields,
});

const closers: (() => Promise<void>)[] = [];
const start = async (traits: Partial<EventStoreDbTraits> = {}): Promise<EventStoreDbServer> => {
  const server = await startEventStoreDb(traits);
  closers.unshift(() => server.close());
  return server;
};
const open = async (
  { url }: { readonly url: string },
  options: EventStoreDbOptions = IMPATIENT,
): Promise<EventStoreDbEventStore> => {
  const store = await openEventStoreDb(url, options);
  closers.unshift(() => store.close());
  return store;
};
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const read = async (store: EventStoreDbEventStore, stream: string): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of store.readStream(stream)) events.push(...page);
  return events;
};
const WRITTEN = { kind: 'appended', revision: 1n, repeated: false } as const;

describe('an append to EventStoreDB', () => {
  test.each(['broken', 'silent'] as const)(
    'whose answers get lost (%s) is made again, and happens once',
    async (how) => {
      const server = await start();
      const store = await open(server);
      const events = [event(), event()];
      server.faults.loseAnswers(2, how);
      expect(await store.append('loan-1', 'none', events)).toMatchObject(WRITTEN);
      expect(await store.append('loan-1', 'none', events)).toMatchObject({ ...WRITTEN, repeated: true });
      expect(await read(store, 'loan-1')).toHaveLength(2);
      expect(server.calls('Append')).toBe(4);
    },
  );

  test.each(['refuseCalls', 'ignoreCalls'] as const)('waits for a server that is not ready (%s)', async (fault) => {
    const server = await start();
    const store = await open(server, HASTY);
    server.faults[fault](2);
    expect(await store.append('loan-1', 'none', [event(), event()])).toMatchObject(WRITTEN);
  });

  test('is given up after some attempts, and the same ids complete it later', async () => {
    const server = await start();
    const store = await open(server);
    const events = [event(), event()];
    server.faults.refuseCalls(1_000);
    await expect(store.append('loan-1', 'none', events)).rejects.toThrow(EventStoreError);
    server.faults.refuseCalls(0);
    expect(await store.append('loan-1', 'none', events)).toMatchObject(WRITTEN);
  });

  test('that was given up although it had happened is recognised later', async () => {
    const server = await start();
    const store = await open(server);
    const events = [event(), event()];
    server.faults.loseAnswers(1_000);
    await expect(store.append('loan-1', 'none', events)).rejects.toThrow(EventStoreError);
    server.faults.loseAnswers(0);
    expect(await store.append('loan-1', 'none', events)).toMatchObject({ ...WRITTEN, repeated: true });
  });

  test('happens once for each of many under way when the connection breaks', async () => {
    const server = await start();
    const store = await open(server, {});
    const streams = Array.from({ length: 300 }, (_, index) => `loan-${index}`);
    const appends = streams.map((stream) => store.append(stream, 'none', [event(), event()]));
    while (server.calls('Append') < 100) await setImmediate();
    server.cutConnections();
    const results = await Promise.all(appends);
    expect(results).toEqual(streams.map(() => expect.objectContaining(WRITTEN)));
    expect(server.calls('Append')).toBeGreaterThan(streams.length);
    for (const stream of streams.slice(0, 10)) expect(await read(store, stream)).toHaveLength(2);
  });

  test('goes to the leader when the server is not the leader, and back when that has changed', async () => {
    const leader = await start();
    const follower = await start({ log: leader.log });
    const store = await open(follower);
    follower.faults.leadFrom(leader.port);
    expect(await store.append('loan-1', 'none', [event(), event()])).toMatchObject(WRITTEN);
    expect([follower, leader].map((server) => server.calls('Append'))).toEqual([1, 1]);
    follower.faults.leadFrom(undefined);
    leader.faults.leadFrom(follower.port);
    expect(await store.append('loan-1', 1n, [event()])).toMatchObject({ revision: 2n });
    expect(await read(store, 'loan-1')).toHaveLength(3);
  });

  test('never shares a stream with others, whether the server offers it or not', async () => {
    for (const batchAppend of [true, false]) {
      const server = await start({ batchAppend });
      await (await open(server)).append('loan-1', 'any', [event()]);
      expect([server.calls('Append'), server.calls('BatchAppend')]).toEqual([1, 0]);
    }
  });

  test('that another process made a moment ago, with another time of booking, is a repeated one', async () => {
    const server = await start();
    const [one, other] = [await open(server), await open(server)];
    const mine = event();
    const theirs = { ...mine, meta: '{"bookedAt":"2026-11-22T08:00:01Z"}' };
    expect(await one.append('loan-1', 'none', [theirs])).toMatchObject({ repeated: false });
    expect(await other.append('loan-1', 'none', [mine])).toMatchObject({ repeated: true });
    expect((await read(other, 'loan-1')).map(({ meta }) => meta)).toEqual([theirs.meta]);
  });

  test('is recognised by its ids even if the server calls it a conflict', async () => {
    const server = await start({ idempotent: false });
    const store = await open(server);
    const events = [event(), event()];
    const first = await store.append('loan-1', 'none', events);
    await store.append('loan-1', 1n, [event()]);
    expect(await store.append('loan-1', 'none', events)).toEqual({ ...first, repeated: true });
    expect(await store.append('loan-1', 'none', [event(), event()])).toEqual({ kind: 'conflict', actual: 2n });
  });

  describe('that can never succeed is not tried again', () => {
    const refused = async (
      append: (store: EventStoreDbEventStore) => Promise<AppendResult>,
      traits: Partial<EventStoreDbTraits> = {},
    ): Promise<void> => {
      const server = await start(traits);
      server.log.append('loan-1', 'none', [
        { ...event(), contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('{}') },
      ]);
      server.log.tombstone('loan-1');
      const store = await open(server);
      await expect(append(store)).rejects.toThrow(EventStoreError);
      expect(server.calls('Append')).toBe(1);
    };

    test('because the stream was deleted for ever', () => refused((store) => store.append('loan-1', 'any', [event()])));

    test('because it is larger than the server takes', () =>
      refused((store) => store.append('loan-2', 'none', [event({ data: JSON.stringify('x'.repeat(2_000)) })]), {
        maxAppendBytes: 1_000,
      }));
  });

  test('to one of the server’s own streams is refused', async () => {
    const store = await open(await start());
    await expect(store.append('$settings', 'any', [event()])).rejects.toThrow(RangeError);
  });

  test('goes on after a stream was deleted, with the numbers it had', async () => {
    const server = await start();
    const store = await open(server);
    await store.append('loan-1', 'none', [event(), event()]);
    server.log.delete('loan-1');
    expect(await read(store, 'loan-1')).toEqual([]);
    expect(await store.append('loan-1', 1n, [event()])).toMatchObject({ revision: 2n, repeated: false });
    expect(await read(store, 'loan-1')).toHaveLength(1);
  });
});

describe('opening a store on EventStoreDB', () => {
  test.each(['kurrentdb', 'esdb'])('takes %s:// for its scheme', async (scheme) => {
    const server = await start();
    const store = await open({ url: server.url.replace('esdb', scheme) });
    expect(await store.append('loan-1', 'none', [event()])).toMatchObject({ kind: 'appended' });
  });

  test('finds the leader of a cluster by asking its members', async () => {
    const { port } = await start();
    const store = await open({ url: `esdb://127.0.0.1:${port},127.0.0.1:${port}?tls=false` });
    expect(await store.append('loan-1', 'none', [event()])).toMatchObject({ kind: 'appended' });
  });

  test('fails when nobody answers, and keeps the password to itself', async () => {
    const server = await startEventStoreDb();
    await server.close();
    const url = server.url.replace('://', '://admin:geheim@');
    const failure = await openEventStoreDb(url, IMPATIENT).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EventStoreError);
    expect(String(failure)).not.toContain('geheim');
  });

  test.each(['', 'esdb://', 'mysql://admin:geheim@host', 'esdb://admin:geheim@h?tls=perhaps'])(
    'refuses %j, which is no URL of a server, and repeats none of it',
    async (url) => {
      const failure = await openEventStoreDb(url, IMPATIENT).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(EventStoreError);
      expect(JSON.stringify([String(failure), failure])).not.toContain('geheim');
    },
  );
});
