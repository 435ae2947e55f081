import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type EventStoreDbServer,
  type EventStoreDbTraits,
  startEventStoreDb,
} from '../../../../tests/support/eventstoredb';
import { EventStoreError, type NewEvent, type Page, type ReadAllOptions, START } from '../../event-store';
import { type EventStoreDbEventStore, openEventStoreDb } from '.';
import { positionOf } from './position';

const IMPATIENT = { attempts: 5, firstPauseMs: 2, longestPauseMs: 20, deadlineMs: 2_000, quietMs: 20 };

/** Servers of before 24.10 and 23.10: no checkpoint at the end of the log, no word about having caught up. */
const OLD: Partial<EventStoreDbTraits> = { caughtUp: false, checkpointAtEnd: false };

const events = (count: number, bytes = 10): readonly NewEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    type: 'RepaymentReceived',
    data: JSON.stringify({ n, filling: 'x'.repeat(bytes) }),
    meta: '{}',
  }));

const closers: (() => Promise<void>)[] = [];
const start = async (
  traits: Partial<EventStoreDbTraits> = {},
): Promise<{ readonly server: EventStoreDbServer; readonly store: EventStoreDbEventStore }> => {
  const server = await startEventStoreDb(traits);
  closers.unshift(() => server.close());
  const store = await openEventStoreDb(server.url, IMPATIENT);
  closers.unshift(() => store.close());
  return { server, store };
};
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Appends to one stream, so many events at a time. */
const fill = async (
  store: EventStoreDbEventStore,
  stream: string,
  count: number,
  bytes?: number,
): Promise<string[]> => {
  const ids: string[] = [];
  while (ids.length < count) {
    const some = events(Math.min(200, count - ids.length), bytes);
    await store.append(stream, ids.length === 0 ? 'none' : BigInt(ids.length - 1), some);
    ids.push(...some.map(({ id }) => id));
  }
  return ids;
};

/** Reads until a page satisfies the condition; answers with all pages up to it. */
const follow = async (
  store: EventStoreDbEventStore,
  options: ReadAllOptions,
  enough: (page: Page, ids: readonly string[]) => boolean | Promise<boolean>,
): Promise<{ readonly pages: readonly Page[]; readonly ids: readonly string[] }> => {
  const pages: Page[] = [];
  const ids: string[] = [];
  for await (const page of store.subscribe(options)) {
    pages.push(page);
    ids.push(...page.events.map(({ id }) => id));
    if (await enough(page, ids)) break;
  }
  return { pages, ids };
};

/** Comes true some time. */
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await wait(2);
};

describe('a subscription to EventStoreDB', () => {
  describe.each([
    ['all of the log', undefined],
    ['some categories', ['loan']],
  ] as const)('to %s', (_, categories) => {
    const options = categories ? { categories } : {};

    test('is taken up again where it was dropped, without gap or duplicate', async () => {
      const { server, store } = await start();
      const old = await fill(store, 'loan-old', 40);
      server.faults.dropSubscriptionsAfter(7);
      const young: string[] = [];
      const { ids } = await follow(store, { ...options, pageSize: 5 }, async ({ caughtUp }, seen) => {
        if (caughtUp && young.length < 3) young.push(...(await fill(store, `loan-young${young.length}`, 1)));
        return seen.length >= 43;
      });
      expect(ids).toEqual([...old, ...young]);
      expect(server.calls('Subscribe')).toBeGreaterThan(5);
    });

    test.each(['cutConnections', 'dropSubscriptions', 'endSubscriptions'] as const)(
      'goes on after %s while others append',
      async (fault) => {
        const { server, store } = await start();
        const old = await fill(store, 'loan-old', 10);
        const young: string[] = [];
        let breaks = 0;
        const { ids } = await follow(store, options, async ({ caughtUp }, seen) => {
          if (!caughtUp || breaks >= 5) return seen.length >= 35;
          breaks += 1;
          server[fault]();
          young.push(...(await fill(store, `loan-young${breaks}`, 5)));
          return false;
        });
        expect(ids).toEqual([...old, ...young]);
        await until(() => server.subscriptions.length === 0);
      },
    );

    test('is pulled: a reader that stands still holds back the server, and misses nothing', async () => {
      const { server, store } = await start({ maxAppendBytes: 4 * 1024 * 1024 });
      const old = await fill(store, 'loan-old', 2_000, 2_000);
      let young: readonly string[] = [];
      const { ids } = await follow(store, { ...options, pageSize: 20 }, async (_page, seen) => {
        if (young.length === 0) {
          await until(() => server.subscriptions.some(({ isHeldBack }) => isHeldBack));
          young = await fill(store, 'loan-young', 10);
          expect(server.subscriptions.map(({ eventsSent }) => eventsSent < 1_000)).toEqual([true]);
        }
        return seen.length >= 2_010;
      });
      expect(ids).toEqual([...old, ...young]);
      expect(server.calls('Subscribe')).toBe(1);
    });

    test('has caught up with a server that does not say so', async () => {
      const { store } = await start(OLD);
      const old = await fill(store, 'loan-old', 10);
      const { pages, ids } = await follow(store, options, ({ caughtUp }) => caughtUp);
      expect(ids).toEqual(old);
      expect(pages.at(-1)?.through).toBe(await store.head());
    });

    test('is refused to a reader who has seen more than there is, as after the restore of an older copy', async () => {
      const { store } = await start();
      await fill(store, 'loan-old', 3);
      const after = positionOf({ commit: 1_000_000n, prepare: 1_000_000n });
      await expect(follow(store, { ...options, after }, () => true)).rejects.toThrow(EventStoreError);
      await expect(
        store
          .readAll({ ...options, after })
          [Symbol.asyncIterator]()
          .next(),
      ).rejects.toThrow(EventStoreError);
    });

    test('gives up when the server stays away', async () => {
      const { server, store } = await start();
      await fill(store, 'loan-old', 3);
      const following = follow(store, options, async ({ caughtUp }) => {
        if (caughtUp) await server.close();
        return false;
      });
      await expect(following).rejects.toThrow(EventStoreError);
    });

    test('ends at the server when the reader goes away', async () => {
      const { server, store } = await start();
      await follow(store, options, () => true);
      await until(() => server.subscriptions.length === 0);
    });
  });

  test('that never says a word again is replaced', async () => {
    const { server, store } = await start();
    await fill(store, 'loan-old', 3);
    server.faults.muteSubscriptions();
    const following = follow(store, { categories: ['loan'] }, (_, ids) => ids.length === 3);
    await until(() => server.calls('Subscribe') === 2);
    server.faults.muteSubscriptions(false);
    expect((await following).ids).toHaveLength(3);
  });

  test.each([
    ['new', {}],
    ['old', OLD],
  ] as const)('moves on past what a filter holds back, on %s servers, and never beyond the end', async (_, traits) => {
    const { server, store } = await start({ ...traits, linkEvents: false });
    await fill(store, 'payout-1', 2_000);
    const head = await store.head();
    const { pages } = await follow(store, { categories: ['loan'] }, ({ caughtUp }) => caughtUp);
    expect(pages.map(({ events: none }) => none.length)).toEqual(pages.map(() => 0));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.at(-1)?.through).toBe(head);
    expect(server.calls('Subscribe')).toBe(1);

    const { pages: more } = await follow(
      store,
      { after: head, categories: ['loan'] },
      async ({ caughtUp, through }) => {
        if (caughtUp && through === head) await fill(store, 'payout-2', 1);
        return through > head;
      },
    );
    expect(more.at(-1)).toEqual({ events: [], through: await store.head(), caughtUp: true });
  });

  test('shows nothing of what is the server’s own, and takes no place of it for its own', async () => {
    const { server, store } = await start();
    expect(await store.head()).toBe(START);
    expect(await follow(store, {}, ({ caughtUp }) => caughtUp)).toMatchObject({
      pages: [{ events: [], through: START, caughtUp: true }],
    });
    const ids = await fill(store, 'loan-1', 2);
    // After the append came the server's link to it.
    expect(server.log.at(server.log.length - 1)?.type).toBe('$>');
    for (const categories of [undefined, ['loan']]) {
      const options = categories ? { categories } : {};
      const followed = await follow(store, options, ({ caughtUp }) => caughtUp);
      expect(followed.ids).toEqual(ids);
      expect(followed.pages.at(-1)?.through).toBe(await store.head());
    }
  });
});

describe('a read of EventStoreDB', () => {
  test('that breaks off is taken up again', async () => {
    const { server, store } = await start();
    const ids = await fill(store, 'loan-1', 3_000, 500);
    const read: string[] = [];
    for await (const page of store.readStream('loan-1')) {
      read.push(...page.map(({ id }) => id));
      server.cutConnections();
    }
    expect(read).toEqual(ids);
    const all: string[] = [];
    for await (const page of store.readAll()) {
      all.push(...page.events.map(({ id }) => id));
      server.cutConnections();
    }
    expect(all).toEqual(ids);
  });

  test('goes to the leader, waits for a server that is not ready, and gives up on one that never is', async () => {
    const { server, store } = await start();
    await fill(store, 'loan-1', 3);
    server.faults.refuseCalls(2);
    expect(await store.head()).not.toBe(START);
    const leader = await startEventStoreDb({ log: server.log });
    closers.push(() => leader.close());
    server.faults.leadFrom(leader.port);
    expect(await store.head()).not.toBe(START);
    expect(leader.calls('Read')).toBe(1);
    leader.faults.refuseCalls(1_000);
    server.faults.leadFrom(undefined);
    server.faults.refuseCalls(1_000);
    await expect(store.head()).rejects.toThrow(EventStoreError);
  });

  test('that the reader gives up ends at the server too', async () => {
    const { server, store } = await start();
    await fill(store, 'loan-1', 10);
    const abort = new AbortController();
    server.faults.ignoreCalls(1);
    const reading = store.readStream('loan-1', { signal: abort.signal })[Symbol.asyncIterator]().next();
    await until(() => server.calls('Read') > 1);
    abort.abort(new Error('nobody waits'));
    await expect(reading).rejects.toThrow('nobody waits');
  });
});
