import { START } from '../event-store';
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
  newEvents,
  pagesOf,
} from './harness.contract';

export const describeReadingTheLog = (contract: Contract): void => {
  const { sizes } = contract;
  const specify = (sentence: string, run: (corner: Corner) => Promise<void>): void =>
    test(sentence, inCorner(contract, run), sizes.timeout);

  describe('reading the log', () => {
    specify('gives every event of every stream in the order of the appends', async (corner) => {
      const { store, stream, start } = corner;
      const ids: string[] = [];
      for (let round = 0; round < 5; round += 1) {
        for (const name of ['a', 'b', 'c']) {
          const events = newEvents(2);
          await appendTo(store, stream('loan', name), round === 0 ? 'none' : BigInt(round * 2 - 1), events);
          ids.push(...idsOf(events));
        }
      }
      const pages = await pagesOf(store.readAll({ after: start, pageSize: 7 }));
      expectInOrder(pages, start);
      const mine = eventsOf(pages).filter(corner.mine);
      expect(idsOf(mine)).toEqual(ids);
      expectWholeStreams(mine);
      expect(Math.max(...pages.map(({ events }) => events.length))).toBeLessThanOrEqual(7);
    });

    specify('ends with the one page that has caught up', async ({ store, stream, start }) => {
      await fill(store, stream(), 20);
      const pages = await pagesOf(store.readAll({ after: start, pageSize: 5 }));
      expect(pages.filter(({ caughtUp }) => caughtUp)).toEqual(pages.slice(-1));
    });

    specify('gives a caught-up page even when nothing lies behind', async (corner) => {
      await fill(corner.store, corner.stream(), 3);
      const head = await corner.store.head();
      const pages = await pagesOf(corner.store.readAll({ after: head }));
      expect(eventsOf(pages).filter(corner.mine)).toEqual([]);
      expect(pages.at(-1)?.caughtUp).toBe(true);
      expectInOrder(pages, head);
    });

    specify('can go on from any `through` and from any event', async ({ store, stream, category, start }) => {
      const ids = idsOf(await fill(store, stream(), 25));
      const categories = [category('loan')];
      const pages = await pagesOf(store.readAll({ after: start, categories, pageSize: 4 }));
      for (const page of pages) {
        const seen = eventsOf(pages.slice(0, pages.indexOf(page) + 1)).length;
        const rest = await pagesOf(store.readAll({ after: page.through, categories }));
        expect(idsOf(eventsOf(rest))).toEqual(ids.slice(seen));
      }
      for (const [index, { position }] of eventsOf(pages).entries()) {
        const rest = await pagesOf(store.readAll({ after: position, categories, pageSize: 3 }));
        expect(idsOf(eventsOf(rest))).toEqual(ids.slice(index + 1));
      }
    });

    specify('lets through the categories asked for', async ({ store, stream, category, start }) => {
      const loan = await fill(store, stream('loan'), 3);
      const loans = await fill(store, stream('loans'), 3);
      await fill(store, stream('payout'), 3);
      const read = async (...words: readonly string[]): Promise<readonly string[]> =>
        idsOf(eventsOf(await pagesOf(store.readAll({ after: start, categories: words.map(category), pageSize: 2 }))));

      expect(await read('loan')).toEqual(idsOf(loan));
      expect(await read('loans')).toEqual(idsOf(loans));
      expect(await read('payout', 'loan', 'loan')).toHaveLength(6);
      expect(await read('loan', 'loans')).toEqual(idsOf([...loan, ...loans]));
      expect(await read('loa')).toEqual([]);
      expect(await read()).toEqual([]);
    });

    specify('takes the text before the first dash for the category', async ({ store, category, start }) => {
      const loan = category('loan');
      const inside = [loan, `${loan}-`, `${loan}-a`, `${loan}-a-b`, `${loan}--`];
      const outside = [
        `${loan}s-a`,
        `${loan}.`,
        `${loan}.x-a`,
        `${loan}/x-a`,
        `${loan}_x-a`,
        `${loan},x-a`,
        `x${loan}-a`,
      ];
      for (const stream of [...outside, ...inside, ...outside.map((name) => `${name}2`)]) await fill(store, stream, 1);
      const events = eventsOf(await pagesOf(store.readAll({ after: start, categories: [loan] })));
      expect(events.map(({ stream }) => stream)).toEqual(inside);
    });

    specify('moves `through` to the end even when the filter lets nothing through', async (corner) => {
      const { store, stream, start } = corner;
      await fill(store, stream(), 30);
      const head = await store.head();
      const pages = await pagesOf(store.readAll({ after: start, categories: [corner.category('nothing')] }));
      expect(eventsOf(pages)).toEqual([]);
      expectInOrder(pages, start);
      expect(pages.at(-1)?.caughtUp).toBe(true);
      expect((pages.at(-1)?.through ?? START) >= head).toBe(true);
    });

    specify(`reads ${sizes.longStream} events, and their positions sort as texts`, async (corner) => {
      const { store, stream, start } = corner;
      const ids = idsOf(await fill(store, stream(), sizes.longStream, sizes.longAppend));
      const pages = await pagesOf(store.readAll({ after: start }));
      const mine = eventsOf(pages).filter(corner.mine);
      expect(idsOf(mine)).toEqual(ids);
      const positions = mine.map(({ position }) => position);
      expect(positions.toSorted()).toEqual(positions);
      expect(new Set(positions).size).toBe(ids.length);
      expect(positions.every((position) => position > START)).toBe(true);
      expect((await store.head()) >= (positions.at(-1) ?? START)).toBe(true);
    });

    specify('the head is the position of what was appended last', async ({ store, stream, start }) => {
      const { position } = await appendTo(store, stream(), 'none');
      expect(position > start).toBe(true);
      expect((await store.head()) >= position).toBe(true);
    });

    specify('fails when it is aborted, before it starts and on the way', async ({ store, stream, start }) => {
      await fill(store, stream(), 20);
      const reason = new Error('nobody waits for this any more');
      const signal = AbortSignal.abort(reason);
      await expect(pagesOf(store.readAll({ after: start, signal }))).rejects.toBe(reason);

      const abort = new AbortController();
      const reading = async (): Promise<void> => {
        for await (const _ of store.readAll({ after: start, pageSize: 5, signal: abort.signal })) abort.abort(reason);
      };
      await expect(reading()).rejects.toBe(reason);
    });

    specify('refuses a page size that is none', async ({ store }) => {
      await expect(pagesOf(store.readAll({ pageSize: 0 }))).rejects.toThrow(RangeError);
    });
  });
};
