import { type CollectionSpec, put } from '..';
import type { ReadStoreAtWork } from './read-store-at-work';
import { allOf, at, keysOfBorrower, LOANS, type Loan, loan, NOTES, one, prepared } from './samples';

export const describeDocuments = (atWork: () => ReadStoreAtWork): void => {
  describe('documents', () => {
    it('gives what was put, with its position', async () => {
      const store = await prepared(atWork().store);
      await store.commit(one('loan-1', loan('1000.00'), 1));
      await store.commit(one('loan-1', loan('900.00'), 4));
      expect(await store.get(LOANS, 'loan-1')).toEqual({ doc: loan('900.00'), position: at(4) });
      expect(await store.get(LOANS, 'loan-2')).toBeUndefined();
    });

    it('gives those of many that exist', async () => {
      const store = await prepared(atWork().store);
      const puts = ['loan-1', 'loan-2', 'loan-3'].map((key, index) => put(LOANS, key, loan(`${index}.00`), at(5)));
      await store.commit({ reader: 'loans@1', checkpoint: at(5), puts });
      const found = await store.getMany(LOANS, ['loan-3', 'loan-9', 'loan-1', 'loan-3']);
      expect([...found].sort()).toEqual([
        ['loan-1', { doc: loan('0.00'), position: at(5) }],
        ['loan-3', { doc: loan('2.00'), position: at(5) }],
      ]);
      expect(await store.getMany(LOANS, [])).toEqual(new Map());
    });

    it('deletes a document', async () => {
      const store = await prepared(atWork().store);
      await store.commit(one('loan-1', loan('1.00'), 1));
      await store.commit(one('loan-1', undefined, 2));
      await store.commit(one('loan-2', undefined, 3));
      expect(await store.get(LOANS, 'loan-1')).toBeUndefined();
      expect(await store.getMany(LOANS, ['loan-1', 'loan-2'])).toEqual(new Map());
      expect(await allOf(store, LOANS)).toEqual([]);
      expect(await keysOfBorrower(store, 'borrower-1')).toEqual([]);
      await store.commit(one('loan-1', loan('2.00'), 4));
      expect(await store.get(LOANS, 'loan-1')).toEqual({ doc: loan('2.00'), position: at(4) });
    });

    it('keeps plain JSON as it is, and leaves out what is undefined', async () => {
      const store = atWork().store;
      const spec: CollectionSpec<object> = { name: 'shapes@1', indexes: {} };
      await store.prepare(spec);
      const shape = {
        none: null,
        yes: true,
        numbers: [0, -1, 1.5, 1e21, 2 ** 31, 2 ** 53, 0.1],
        texts: ['', 'a"b\\c\n\u0000\u001f', '9007199254740993', '中文 😀 \u00e9 e\u0301'],
        nested: [[], {}, [{ a: [] }]],
        'name with . and': { $set: 1, 'a.b.c': 2, 中文: 3, '': 4 },
        ['__proto__']: 1,
        1001: 'custody cash',
      };
      await store.commit({
        reader: 'shapes@1',
        checkpoint: at(1),
        puts: [put(spec, 'shape', { ...shape, left: undefined }, at(1)), put(spec, 'empty', {}, at(1))],
      });
      expect((await store.get(spec, 'shape'))?.doc).toStrictEqual(shape);
      expect((await store.get(spec, 'empty'))?.doc).toStrictEqual({});
    });

    it('keeps lists of lists, which not every server has', async () => {
      const store = atWork().store;
      const spec: CollectionSpec<{ table: readonly (readonly unknown[])[] }> = { name: 'tables@1', indexes: {} };
      await store.prepare(spec);
      const doc = { table: [['a', '1.00'], [], [['b']], [{ cells: [['c']] }]] };
      await store.commit({ reader: 'tables@1', checkpoint: at(1), puts: [put(spec, 'table', doc, at(1))] });
      expect((await store.get(spec, 'table'))?.doc).toStrictEqual(doc);
    });

    it('stores the same document as the same bytes, in whatever order it was built', async () => {
      const store = await prepared(atWork().store);
      const built: Loan = { note: undefined, outstanding: { currency: 'CNY', amount: '1.00' }, borrower: 'borrower-1' };
      await store.commit(one('loan-1', loan('1.00'), 1));
      await store.commit(one('loan-2', { ...built, note: 'later' }, 2));
      await store.commit(one('loan-2', built, 3));
      await store.commit(one('loan-3', { note: undefined, ...loan('1.00') }, 4));
      const texts = (await allOf(store, LOANS)).map(({ value }) => JSON.stringify(value.doc));
      expect(new Set(texts).size).toBe(1);
    });

    it('keeps keys and values that are not ASCII', async () => {
      const store = await prepared(atWork().store);
      const keys = [
        'loan-\u00e9',
        'loan-e\u0301',
        'LOAN-\u00e9',
        'loan-贷款',
        'loan-😀',
        'loan-\uffee',
        'loan-"\'%_$.',
      ];
      const puts = keys.map((key) => put(LOANS, key, { ...loan('1.00', key), note: `${key} 已还清` }, at(1)));
      await store.commit({ reader: 'loans@1', checkpoint: at(1), puts });
      for (const key of keys) {
        expect((await store.get(LOANS, key))?.doc.note).toBe(`${key} 已还清`);
        expect(await keysOfBorrower(store, key)).toEqual([key]);
      }
      expect((await store.getMany(LOANS, keys)).size).toBe(keys.length);
    });

    it('scans in the order of the keys, by code point', async () => {
      const store = await prepared(atWork().store);
      const keys = ['b', 'a', 'B', 'ab', 'a b', 'é', '贷', '😀', '\uffee', '1', '10', '9'];
      const puts = keys.map((key) => put(LOANS, key, loan('1.00'), at(1)));
      await store.commit({ reader: 'loans@1', checkpoint: at(1), puts });
      const sorted = [...keys].sort((one, other) => Buffer.from(one).compare(Buffer.from(other)));
      expect((await allOf(store, LOANS)).map(({ key }) => key)).toEqual(sorted);
    });

    it('holds documents of 1 MiB', async () => {
      const store = await prepared(atWork().store);
      const note = '还款'.repeat(2 ** 20 / 6);
      const puts = [1, 2, 3].map((each) => put(NOTES, `note-${each}`, { text: note + each }, at(1)));
      await store.commit({ reader: 'notes@1', checkpoint: at(1), puts });
      expect((await store.get(NOTES, 'note-2'))?.doc.text).toBe(`${note}2`);
      expect((await allOf(store, NOTES)).map(({ value }) => value.doc.text.length)).toEqual(
        Array(3).fill(note.length + 1),
      );
    });

    it('holds many documents: 10,000, or what the server is good for', async () => {
      const store = await prepared(atWork().store);
      const numbers = Array.from({ length: atWork().documents ?? 10_000 }, (_, index) => index + 1);
      const keyOf = (each: number): string => `loan-${at(each)}`;
      const batch = numbers.length / 4;
      for (let from = 0; from < numbers.length; from += batch) {
        const puts = numbers.slice(from, from + batch).map((each) => put(LOANS, keyOf(each), loan('1.00'), at(each)));
        await store.commit({ reader: 'loans@1', checkpoint: at(from + batch), puts });
      }
      const scanned = await allOf(store, LOANS);
      expect(scanned.map(({ key, value }) => [key, value.position])).toEqual(
        numbers.map((each) => [keyOf(each), at(each)]),
      );
      const half = numbers.filter((each) => each % 2 === 0).map(keyOf);
      expect([...(await store.getMany(LOANS, half)).keys()].sort()).toEqual(half);
    });
  });
};
