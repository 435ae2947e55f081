import { ANY, EventStoreDBClient, jsonEvent, NO_STREAM, START, streamNameFilter } from '@eventstore/db-client';
import { type EventStoreDbServer, type EventStoreDbTraits, startEventStoreDb } from '.';

/**
 * The stand-in answers the client itself as the protocol says, also where our adapter does not go. One at a time:
 * appends that share a stream share a table, too, between all clients of a process.
 */
let server: EventStoreDbServer;
let client: EventStoreDBClient;
const start = async (traits: Partial<EventStoreDbTraits> = {}): Promise<void> => {
  server = await startEventStoreDb(traits);
  client = EventStoreDBClient.connectionString(server.url);
};
afterEach(async () => {
  await client.dispose();
  await server.close();
});

const event = (): ReturnType<typeof jsonEvent> => jsonEvent({ type: 'LoanOpened', data: { n: 1 } });

describe.each([
  ['on a stream of appends', true],
  ['by calls of their own', false],
])('appends %s', (_, batchAppend) => {
  beforeEach(() => start({ batchAppend, maxAppendBytes: 5_000 }));

  test('are written, refused and recognised', async () => {
    const events = [event(), event()];
    const first = await client.appendToStream('loan-1', events, { expectedRevision: NO_STREAM });
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(await client.appendToStream('loan-1', events, { expectedRevision: NO_STREAM })).toEqual(first);
    expect(await client.appendToStream('loan-1', events, { expectedRevision: ANY })).toEqual(first);
    await expect(client.appendToStream('loan-1', event(), { expectedRevision: 0n })).rejects.toMatchObject({
      type: 'wrong-expected-version',
      actualVersion: 1n,
      expectedVersion: 0n,
    });
    await expect(client.appendToStream('loan-2', event(), { expectedRevision: 0n })).rejects.toMatchObject({
      actualVersion: NO_STREAM,
    });
    expect(server.calls('BatchAppend')).toBe(batchAppend ? 1 : 0);
  });

  test('have a limit of size', async () => {
    const big = jsonEvent({ type: 'LoanOpened', data: { filling: 'x'.repeat(6_000) } });
    await expect(client.appendToStream('loan-1', big)).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 5_000,
    });
  });

  test('go on after a stream was deleted, and never again after it was tombstoned', async () => {
    await client.appendToStream('loan-1', [event(), event()]);
    await client.deleteStream('loan-1');
    expect(await client.appendToStream('loan-1', event(), { expectedRevision: NO_STREAM })).toMatchObject({
      nextExpectedRevision: 2n,
    });
    await client.tombstoneStream('loan-1');
    await expect(client.appendToStream('loan-1', event())).rejects.toMatchObject({ type: 'stream-deleted' });
    const reading = async (): Promise<void> => {
      for await (const resolved of client.readStream('loan-1')) expect(resolved).toBeUndefined();
    };
    await expect(reading()).rejects.toMatchObject({ type: 'stream-deleted' });
  });
});

test('appends pending on a stream that is torn fail together', async () => {
  await start();
  await client.appendToStream('loan-0', event());
  server.faults.holdBatches();
  const appends = Array.from({ length: 500 }, (_, n) => client.appendToStream(`loan-${n}`, event()));
  const settled = Promise.allSettled(appends);
  await new Promise((resolve) => setImmediate(resolve));
  server.tearBatches();
  const outcomes = await settled;
  expect(new Set(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.type))).toEqual(
    new Set(['unavailable']),
  );
  server.faults.holdBatches(false);
  expect(await client.appendToStream('loan-1', event(), { expectedRevision: NO_STREAM })).toMatchObject({
    nextExpectedRevision: 0n,
  });
});

test('a filtered subscription gets events, checkpoints on its way and one at the end, and then is told it has caught up', async () => {
  await start({ linkEvents: false });
  for (let n = 0; n < 50; n += 1) await client.appendToStream(n % 10 === 0 ? 'loan-1' : 'payout-1', event());
  const checkpoints: bigint[] = [];
  const filter = streamNameFilter({
    prefixes: ['loan-'],
    checkpointReached: (_, { commit }) => void checkpoints.push(commit),
  });
  const subscription = client.subscribeToAll({ fromPosition: START, filter });
  const seen: (bigint | undefined)[] = [];
  subscription.on('data', ({ event: recorded }) => void seen.push(recorded?.revision));
  await new Promise<void>((resolve) => subscription.on('caughtUp', resolve));
  expect(seen).toEqual([0n, 1n, 2n, 3n, 4n]);
  // The server's own events count too: every 32 considered, and the end of the log.
  expect(checkpoints).toEqual([server.log.at(31)?.position, server.log.end]);
  await subscription.unsubscribe();
});
