import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { EventStoreError, type NewEvent, type StoredEvent } from '../../event-store';
import { openConnection } from './connection';
import { SqliteEventStore } from './sqlite-event-store';

const eventOf = (size: number): NewEvent => ({
  id: randomUUID(),
  type: 'RepaymentReceived',
  data: JSON.stringify('x'.repeat(size)),
  meta: '{}',
});

const allOf = async (store: SqliteEventStore): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of store.readAll()) events.push(...page.events);
  return events;
};

let folder: string;
let connection: Database;
let store: SqliteEventStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'event-store-'));
  connection = openConnection(join(folder, 'events.db'));
  store = new SqliteEventStore(connection, () => undefined);
  await store.append('loan-before', 'none', [eventOf(100), eventOf(100)]);
  const pages = Number(connection.pragma('page_count', { simple: true }));
  connection.pragma(`max_page_count = ${pages + 2}`);
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const giveSpace = (): void => void connection.pragma('max_page_count = 100000');

describe('a full disk', () => {
  test('fails the append with an EventStoreError, leaves nothing of it, and lets reads go on', async () => {
    const head = await store.head();
    const events = [eventOf(10), eventOf(100_000), eventOf(10)];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(store.append('loan-big', 'none', events)).rejects.toThrow(EventStoreError);
    }
    expect(await store.head()).toBe(head);
    expect(await allOf(store)).toHaveLength(2);
  });

  test('still takes what fits', async () => {
    await expect(store.append('loan-big', 'none', [eventOf(100_000)])).rejects.toThrow(EventStoreError);
    expect(await store.append('loan-before', 1n, [eventOf(10)])).toMatchObject({ kind: 'appended', revision: 2n });
    expect(await store.append('loan-big', 'none', [eventOf(10)])).toMatchObject({ kind: 'appended', revision: 0n });
  });

  test('fails everything that shared the commit, and tells a subscriber nothing', async () => {
    const waiting = new AbortController();
    const told: StoredEvent[] = [];
    const follow = async (): Promise<void> => {
      const after = await store.head();
      for await (const page of store.subscribe({ after, signal: waiting.signal })) told.push(...page.events);
    };
    const following = follow();
    const results = await Promise.allSettled([
      store.append('loan-before', 1n, [eventOf(10)]),
      store.append('loan-big', 'none', [eventOf(100_000)]),
      store.append('loan-before', 0n, [eventOf(10)]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await allOf(store)).toHaveLength(2);
    waiting.abort();
    await following;
    expect(told).toEqual([]);
  });

  test('is forgotten when space returns: the same appends, tried again, are taken once', async () => {
    const appends = Array.from({ length: 10 }, (_, index) => ({ stream: `loan-${index}`, events: [eventOf(10_000)] }));
    const tryAll = (): Promise<PromiseSettledResult<unknown>[]> =>
      Promise.allSettled(appends.map(({ stream, events }) => store.append(stream, 'none', events)));

    expect((await tryAll()).every(({ status }) => status === 'rejected')).toBe(true);
    giveSpace();
    for (const repeated of [false, true]) {
      expect(await tryAll()).toMatchObject(
        appends.map(() => ({ status: 'fulfilled', value: { kind: 'appended', revision: 0n, repeated } })),
      );
    }
    expect(await allOf(store)).toHaveLength(12);
  });
});
