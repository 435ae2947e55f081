import { EventStoreError, type Page, START } from '../../event-store';
import { MemoryEventStore } from '../memory';
import { placeOf, positionOf } from './position';

const event = (id: string): { id: string; type: string; data: string; meta: string } => ({
  id,
  type: 'LoanOpened',
  data: '{}',
  meta: '{}',
});

const pagesOf = async (pages: AsyncIterable<Page>): Promise<readonly Page[]> => {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
};

describe('a log in this process', () => {
  test('that is empty starts and ends at the start', async () => {
    const store = new MemoryEventStore();
    expect(await store.head()).toBe(START);
    expect(await pagesOf(store.readAll())).toEqual([{ events: [], through: START, caughtUp: true }]);
  });

  test('refuses a reader that has seen more than there is, as after the restore of an older copy', async () => {
    const store = new MemoryEventStore();
    await store.append('loan-a', 'none', [event('1')]);
    await expect(pagesOf(store.readAll({ after: positionOf(2) }))).rejects.toThrow(EventStoreError);
    await expect(pagesOf(store.subscribe({ after: positionOf(2) }))).rejects.toThrow(EventStoreError);
  });

  test.each(['7', 'C:1/P:1', '-000000000000001'])('refuses %s, which is no position of its', async (after) => {
    const store = new MemoryEventStore();
    await expect(pagesOf(store.readAll({ after }))).rejects.toThrow(EventStoreError);
  });

  test('is told apart by a look only so far at a time when a filter holds everything back', async () => {
    const store = new MemoryEventStore();
    const ids = Array.from({ length: 25_000 }, (_, index) => event(String(index)));
    await store.append('loan-a', 'none', ids);
    const pages = await pagesOf(store.readAll({ categories: ['payout'], pageSize: 1 }));
    expect(pages.map(({ through }) => placeOf(through))).toEqual([10_000, 20_000, 25_000]);
    expect(pages.map(({ caughtUp }) => caughtUp)).toEqual([false, false, true]);
  });
});

describe('positions', () => {
  test('are texts that sort like the numbers they stand for', () => {
    const places = [0, 1, 2, 9, 10, 11, 99, 100, 12_345_678_901, Number.MAX_SAFE_INTEGER];
    const positions = places.map(positionOf);
    expect(positions[0]).toBe(START);
    expect(positions.toSorted()).toEqual(positions);
    expect(positions.map(placeOf)).toEqual(places);
  });
});
