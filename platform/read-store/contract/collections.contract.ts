import { START } from '../../event-store';
import { type CollectionSpec, ReadStoreError } from '..';
import type { ReadStoreAtWork } from './read-store-at-work';
import { allOf, at, keysOfBorrower, LOANS, type Loan, loan, one, prepared } from './samples';

export const describeCollections = (atWork: () => ReadStoreAtWork): void => {
  describe('collections', () => {
    it('finds nothing in a collection that does not exist', async () => {
      const { store } = atWork();
      expect(await store.get(LOANS, 'loan-1')).toBeUndefined();
      expect(await store.getMany(LOANS, ['loan-1'])).toEqual(new Map());
      expect(await store.query(LOANS, { index: 'byBorrower', limit: 5 })).toEqual({ items: [] });
      expect(await allOf(store, LOANS)).toEqual([]);
      expect(await store.collections()).toEqual([]);
    });

    it('writes nothing to a collection that was not prepared', async () => {
      const { store } = atWork();
      await expect(store.commit(one('loan-1', loan('1.00'), 1))).rejects.toThrow(ReadStoreError);
      expect(await store.checkpoint('loans@1')).toBe(START);
      expect(await store.collections()).toEqual([]);
    });

    it('is prepared again, by anyone, without losing a document', async () => {
      const store = await prepared(atWork().store);
      await store.commit(one('loan-1', loan('1.00'), 1));
      await store.prepare(LOANS);
      const other = await atWork().another();
      await Promise.all([other.prepare(LOANS), store.prepare(LOANS)]);
      expect(await other.get(LOANS, 'loan-1')).toEqual({ doc: loan('1.00'), position: at(1) });
    });

    it('refuses other indexes than those a collection was made with', async () => {
      await prepared(atWork().store);
      const other = await atWork().another();
      const changed: CollectionSpec<Loan> = { ...LOANS, indexes: { ...LOANS.indexes, byNote: () => undefined } };
      await expect(other.prepare(changed)).rejects.toThrow(ReadStoreError);
      await expect(other.prepare({ name: LOANS.name, indexes: {} })).rejects.toThrow(ReadStoreError);
    });

    it.each(['', 'loans 1', 'loans@', '@1', 'loans"; DROP', '$loans', 'loans.x'])(
      'refuses the name "%s"',
      async (name) => {
        await expect(atWork().store.prepare({ ...LOANS, name })).rejects.toThrow(ReadStoreError);
      },
    );

    it('lists collections and drops one with its documents, again and again', async () => {
      const store = await prepared(atWork().store);
      await store.commit(one('loan-1', loan('1.00'), 1));
      expect(await store.collections()).toEqual(['loans@1', 'notes@1']);
      await store.drop('loans@1');
      await store.drop('loans@1');
      expect(await store.collections()).toEqual(['notes@1']);
      expect(await store.get(LOANS, 'loan-1')).toBeUndefined();
      await expect(store.commit(one('loan-1', loan('1.00'), 2))).rejects.toThrow(ReadStoreError);
      await store.prepare(LOANS);
      expect(await allOf(store, LOANS)).toEqual([]);
      await store.commit(one('loan-1', loan('1.00'), 1));
      expect(await keysOfBorrower(store, 'borrower-1')).toEqual(['loan-1']);
    });
  });
};
