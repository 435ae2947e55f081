import {
  type CollectionSpec,
  type IndexValue,
  InvalidCursorError,
  put,
  type QueryOptions,
  type ReadStore,
  ReadStoreError,
} from '..';
import type { ReadStoreAtWork } from './read-store-at-work';
import { at, pagesOf } from './samples';

interface Arrears {
  readonly status: string;
  readonly days?: number;
  readonly borrower?: string;
}

const ARREARS: CollectionSpec<Arrears> = {
  name: 'arrears@1',
  indexes: {
    byStatus: ({ status, days }) => (days === undefined ? [status] : [status, days]),
    byDays: ({ days }) => (days === undefined ? undefined : [days]),
    byBorrower: ({ borrower, days }) => (borrower === undefined ? undefined : [borrower, days ?? 'none']),
  },
};

const keysFound = async (store: ReadStore, options: QueryOptions): Promise<readonly string[]> => {
  const keys: string[] = [];
  for await (const page of pagesOf(store, ARREARS, options)) {
    expect(page.items.length).toBeLessThanOrEqual(options.limit);
    keys.push(...page.items.map((item) => item.key));
  }
  return keys;
};

export const describeQueries = (atWork: () => ReadStoreAtWork): void => {
  const store = (): ReadStore => atWork().store;
  let position = 0;
  const write = async (documents: Readonly<Record<string, Arrears | undefined>>): Promise<void> => {
    position += 1;
    const puts = Object.entries(documents).map(([key, doc]) => put(ARREARS, key, doc, at(position)));
    await store().commit({ reader: 'arrears@1', checkpoint: at(position), puts });
  };

  describe('query', () => {
    beforeEach(() => store().prepare(ARREARS));

    const some: Readonly<Record<string, Arrears>> = {
      a: { status: 'active', days: 0 },
      b: { status: 'arrears', days: 31, borrower: 'x' },
      c: { status: 'arrears', days: 4 },
      d: { status: 'arrears', days: 200, borrower: 'x' },
      e: { status: 'arrears', days: 4, borrower: 'y' },
      f: { status: 'closed' },
      g: { status: 'active', days: -3 },
      h: { status: 'arrears' },
    };

    it.each<[string, Omit<QueryOptions, 'limit'>, string]>([
      ['everything in an index', { index: 'byDays' }, 'gacebd'],
      ['everything, descending', { index: 'byDays', order: 'descending' }, 'dbecag'],
      ['an equal text', { index: 'byStatus', equals: ['active'] }, 'ga'],
      ['a text that is the beginning of another', { index: 'byStatus', equals: ['a'] }, ''],
      ['an equal number', { index: 'byDays', equals: [4] }, 'ce'],
      ['equal values, the shorter ones first', { index: 'byStatus', equals: ['arrears'] }, 'hcebd'],
      ['all values equal', { index: 'byStatus', equals: ['arrears', 4] }, 'ce'],
      ['a lower bound', { index: 'byStatus', equals: ['arrears'], least: 31 }, 'bd'],
      ['an upper bound', { index: 'byDays', most: 4 }, 'gace'],
      ['both bounds, inclusive', { index: 'byStatus', equals: ['arrears'], least: 4, most: 31 }, 'ceb'],
      [
        'both bounds, descending',
        { index: 'byStatus', equals: ['arrears'], least: 4, most: 31, order: 'descending' },
        'bec',
      ],
      ['bounds of texts', { index: 'byStatus', least: 'arrears', most: 'b' }, 'hcebd'],
      ['bounds of texts that take in longer values', { index: 'byStatus', least: 'active', most: 'active' }, 'ga'],
      ['bounds the wrong way round', { index: 'byDays', least: 5, most: 4 }, ''],
      ['numbers before texts', { index: 'byBorrower' }, 'bde'],
    ])('finds %s', async (_, options, keys) => {
      await write(some);
      for (const limit of [1, 2, 100]) expect((await keysFound(store(), { ...options, limit })).join('')).toBe(keys);
    });

    it('gives the documents with their keys and positions, and no cursor on the last page', async () => {
      await write(some);
      const first = await store().query(ARREARS, { index: 'byDays', limit: 4 });
      expect(first.items.slice(0, 2)).toEqual([
        { key: 'g', doc: some['g'], position: at(position) },
        { key: 'a', doc: some['a'], position: at(position) },
      ]);
      const last = await store().query(ARREARS, {
        index: 'byDays',
        limit: 2,
        ...(first.next && { after: first.next }),
      });
      expect(last).toEqual({
        items: [
          { key: 'b', doc: some['b'], position: at(position) },
          { key: 'd', doc: some['d'], position: at(position) },
        ],
      });
    });

    it('orders numbers by value and texts by code point', async () => {
      const numbers = [-1e300, -1.5, -1, -5e-324, 0, 5e-324, 0.5, 1, 2, 10, 2 ** 53, 1e300];
      const texts = ['', ' ', '!', '"', 'A', 'B', 'a', 'a b', 'aa', 'b', '~', 'é', '贷', '\uffee', '😀'];
      const values: readonly IndexValue[] = [...numbers, ...texts];
      const spec: CollectionSpec<{ readonly value: IndexValue }> = {
        name: 'values@1',
        indexes: { byValue: ({ value }) => [value] },
      };
      await store().prepare(spec);
      const puts = values.map((value, index) => put(spec, `key-${at(values.length - index)}`, { value }, at(1)));
      await store().commit({ reader: 'values@1', checkpoint: at(1), puts });
      const page = await store().query(spec, { index: 'byValue', limit: 100 });
      expect(page.items.map(({ doc }) => doc.value)).toEqual(values);
      for (const value of values) {
        const found = await store().query(spec, { index: 'byValue', equals: [value], limit: 100 });
        expect(found.items.map(({ doc }) => doc.value)).toEqual([value]);
      }
    });

    it('follows a document as its values change', async () => {
      await write(some);
      await write({ b: { status: 'active', days: 0, borrower: 'z' }, c: { status: 'closed' }, e: undefined });
      expect(await keysFound(store(), { index: 'byDays', limit: 10 })).toEqual(['g', 'a', 'b', 'd']);
      expect(await keysFound(store(), { index: 'byStatus', equals: ['arrears'], limit: 10 })).toEqual(['h', 'd']);
      expect(await keysFound(store(), { index: 'byBorrower', equals: ['z'], limit: 10 })).toEqual(['b']);
      expect(await keysFound(store(), { index: 'byBorrower', equals: ['y'], limit: 10 })).toEqual([]);
      await write({ c: { status: 'arrears', days: 1 } });
      expect(await keysFound(store(), { index: 'byStatus', equals: ['arrears'], limit: 10 })).toEqual(['h', 'c', 'd']);
    });

    it.each(['ascending', 'descending'] as const)(
      'pages, %s, stay where they are while documents come and go',
      async (order) => {
        const documents = Object.fromEntries(
          Array.from({ length: 30 }, (_, each) => [at(each), { status: 's', days: each * 10 }]),
        );
        await write(documents);
        const seen: string[] = [];
        const step = order === 'ascending' ? -1 : 1;
        for await (const { items } of pagesOf(store(), ARREARS, { index: 'byDays', order, limit: 7 })) {
          const last = items.at(-1);
          seen.push(...items.map(({ key }) => key));
          // One is added behind the cursor, and the one that the cursor stands on goes.
          await write({ [`new-${seen.length}`]: { status: 's', days: (last?.doc.days ?? 0) + step } });
          await write({ [last?.key ?? 'none']: undefined });
        }
        const all = Object.keys(documents).sort();
        expect(seen).toEqual(order === 'ascending' ? all : all.reverse());
      },
    );

    it('refuses a cursor of another query, or none at all', async () => {
      await write(some);
      const { next } = await store().query(ARREARS, { index: 'byStatus', equals: ['arrears'], limit: 1 });
      for (const after of [next ?? '', 'x', '', '%%%', '贷款']) {
        const query = store().query(ARREARS, { index: 'byStatus', equals: ['active'], limit: 1, after });
        await expect(query).rejects.toThrow(InvalidCursorError);
      }
    });

    it('refuses an index that was not declared, and a page without room', async () => {
      await expect(store().query(ARREARS, { index: 'byName', limit: 1 })).rejects.toThrow(ReadStoreError);
      await expect(store().query(ARREARS, { index: 'byDays', limit: 0 })).rejects.toThrow(RangeError);
    });
  });
};
