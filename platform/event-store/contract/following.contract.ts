import { setImmediate } from 'node:timers/promises';
import { type Page, type Position, START } from '../event-store';
import {
  appendTo,
  type Contract,
  type Corner,
  eventsOf,
  expectInOrder,
  expectWholeStreams,
  fill,
  idsOf,
  inCorner,
  newEvent,
  pagesOf,
  pagesUntil,
} from './harness.contract';

export const describeFollowing = (contract: Contract): void => {
  const { sizes } = contract;
  const specify = (sentence: string, run: (corner: Corner) => Promise<void>): void =>
    test(sentence, inCorner(contract, run), sizes.timeout);

  /** Every writer appends to a stream of its own, one append after the other; the writers run at once. */
  const writeConcurrently = ({ store, stream }: Corner): Promise<unknown> =>
    Promise.all(
      Array.from({ length: sizes.writers }, async (_, writer) => {
        for (let n = 0; n < sizes.appendsPerWriter; n += 1) {
          await appendTo(store, stream('loan', `writer${writer}`), n === 0 ? 'none' : BigInt(n - 1), [newEvent()]);
        }
      }),
    );

  describe('following the log', () => {
    specify('says that it has caught up even when there is nothing to read', async ({ store, category }) => {
      const options = { after: await store.head(), categories: [category('loan')] };
      const pages = await pagesUntil(store.subscribe(options), ({ caughtUp }) => caughtUp);
      expect(eventsOf(pages)).toEqual([]);
    });

    specify('gives what is there, then what comes', async (corner) => {
      const { store, stream, category, start } = corner;
      const old = await fill(store, stream('loan', 'old'), 12);
      const young: string[] = [];
      const options = { after: start, categories: [category('loan')], pageSize: 5 };
      const pages = await pagesUntil(store.subscribe(options), (page, all) => {
        if (page.caughtUp && young.length < 3) {
          const event = newEvent();
          young.push(event.id);
          void appendTo(store, stream('loan', `young${young.length}`), 'none', [event]);
        }
        return eventsOf(all).length === 15;
      });
      expectInOrder(pages, start);
      expect(idsOf(eventsOf(pages))).toEqual([...idsOf(old), ...young]);
    });

    specify(`crosses into live without gap or duplicate while ${sizes.writers} writers append`, async (corner) => {
      const { store, stream, category, start } = corner;
      const before = sizes.writers * 4;
      await fill(store, stream('loan', 'before'), before);
      const total = before + sizes.writers * sizes.appendsPerWriter;

      const follow = async (slowly: boolean): Promise<readonly Page[]> => {
        const pages: Page[] = [];
        let seen = 0;
        for await (const page of store.subscribe({ after: start, categories: [category('loan')], pageSize: 20 })) {
          pages.push(page);
          seen += page.events.length;
          if (seen >= total) break;
          if (slowly) await setImmediate();
        }
        return pages;
      };
      const following = [follow(false), follow(true)];
      await writeConcurrently(corner);

      for (const pages of await Promise.all(following)) {
        expectInOrder(pages, start);
        const events = eventsOf(pages);
        expect(new Set(idsOf(events)).size).toBe(total);
        expect(events).toHaveLength(total);
        expectWholeStreams(events);
      }
      const read = await pagesOf(store.readAll({ after: start, categories: [category('loan')] }));
      expect(idsOf(eventsOf((await following[0]) ?? []))).toEqual(idsOf(eventsOf(read)));
    });

    specify('can be taken up again from any `through`', async (corner) => {
      const { store, category, start } = corner;
      const total = sizes.writers * sizes.appendsPerWriter;
      const writing = writeConcurrently(corner);
      const pages: Page[] = [];
      let through = start;
      let sittings = 0;
      while (eventsOf(pages).length < total) {
        sittings += 1;
        const options = { after: through, categories: [category('loan')], pageSize: 50 };
        // Each sitting reads two pages with events, or what is left, and is then broken off.
        const left = total - eventsOf(pages).length;
        const sitting = await pagesUntil(store.subscribe(options), (_, all) => {
          const full = all.filter(({ events }) => events.length > 0);
          return full.length === 2 || eventsOf(full).length >= left;
        });
        pages.push(...sitting);
        through = sitting.at(-1)?.through ?? through;
      }
      await writing;
      expect(sittings).toBeGreaterThan(1);
      expectInOrder(pages, start);
      expect(new Set(idsOf(eventsOf(pages))).size).toBe(total);
      expectWholeStreams(eventsOf(pages));
    });

    specify('moves `through` on for what the filter holds back, caught up or not', async (corner) => {
      const { store, stream, category, start } = corner;
      await fill(store, stream('loan', 'old'), 10);
      let goal: Position | undefined = await store.head();
      let young = false;
      const options = { after: start, categories: [category('nothing')] };
      const pages = await pagesUntil(store.subscribe(options), (page) => {
        if (goal === undefined || page.through < goal) return false;
        if (young) return true;
        young = true;
        goal = undefined;
        void appendTo(store, stream('loan', 'young'), 'none').then(({ position }) => {
          goal = position;
          // One more, so that a page comes after the goal is known.
          return appendTo(store, stream('loan', 'younger'), 'none');
        });
        return false;
      });
      expect(eventsOf(pages)).toEqual([]);
      expectInOrder(pages, start);
    });

    specify('starts at the beginning of the log unless told otherwise', async ({ store, stream, category }) => {
      const events = await fill(store, stream(), 3);
      const categories = [category('loan')];
      const pages = await pagesUntil(store.subscribe({ categories }), ({ caughtUp }) => caughtUp);
      expect(idsOf(eventsOf(pages))).toEqual(idsOf(events));
      const same = await pagesOf(store.readAll({ after: START, categories }));
      expect(idsOf(eventsOf(same))).toEqual(idsOf(events));
    });

    specify('ends without an error when it is aborted', async ({ store, stream, start }) => {
      await fill(store, stream(), 20);
      expect(await pagesOf(store.subscribe({ after: start, signal: AbortSignal.abort() }))).toEqual([]);

      const midway = new AbortController();
      let pages = 0;
      for await (const _ of store.subscribe({ after: start, pageSize: 5, signal: midway.signal })) {
        pages += 1;
        midway.abort();
      }
      expect(pages).toBe(1);

      const waiting = new AbortController();
      for await (const page of store.subscribe({ after: start, signal: waiting.signal })) {
        // Aborted a turn later: by then the subscription waits for events that never come.
        if (page.caughtUp) void setImmediate().then(() => waiting.abort());
      }
      expect(waiting.signal.aborted).toBe(true);
    });
  });
};
