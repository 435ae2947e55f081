import { START } from '../../event-store';
import { put, type ReadBatch, type ReadStore } from '..';
import type { ReadStoreAtWork } from './read-store-at-work';
import { allOf, at, keysOfBorrower, LOANS, loan, NOTES, one, prepared } from './samples';

export const describeCommits = (atWork: () => ReadStoreAtWork): void => {
  describe('commit', () => {
    it('writes documents of several collections and the checkpoint', async () => {
      const store = await prepared(atWork().store);
      await store.commit({
        reader: 'loans@1',
        checkpoint: at(9),
        puts: [put(LOANS, 'loan-1', loan('1.00'), at(7)), put(NOTES, 'note-1', { text: 'opened' }, at(8))],
      });
      expect(await store.checkpoint('loans@1')).toBe(at(9));
      expect((await store.get(LOANS, 'loan-1'))?.position).toBe(at(7));
      expect((await store.get(NOTES, 'note-1'))?.position).toBe(at(8));
    });

    it('moves a checkpoint without documents', async () => {
      const store = await prepared(atWork().store);
      expect(await store.checkpoint('loans@1')).toBe(START);
      await store.commit({ reader: 'loans@1', checkpoint: at(3), puts: [] });
      expect(await store.checkpoint('loans@1')).toBe(at(3));
    });

    it('writes all of a batch or nothing', async () => {
      const store = await prepared(atWork().store);
      await store.commit(one('loan-1', loan('1.00'), 1));
      const unwritable = { ...loan('3.00'), count: 3n };
      for (const bad of [
        put(LOANS, 'loan-3', unwritable, at(3)),
        { ...put(LOANS, 'x', loan('1.00'), at(3)), collection: 'no@1' },
      ]) {
        const puts = [put(LOANS, 'loan-1', undefined, at(2)), put(NOTES, 'note-1', { text: 'two' }, at(2)), bad];
        await expect(store.commit({ reader: 'loans@1', checkpoint: at(3), puts })).rejects.toThrow();
      }
      expect(await allOf(store, LOANS)).toEqual([{ key: 'loan-1', value: { doc: loan('1.00'), position: at(1) } }]);
      expect(await allOf(store, NOTES)).toEqual([]);
      expect(await store.checkpoint('loans@1')).toBe(at(1));
    });

    it('is there for whoever opens the store next', async () => {
      const store = await prepared(atWork().store);
      await store.commit(one('loan-1', loan('1.00', 'borrower-7'), 6));
      const next = await atWork().another();
      expect(await next.checkpoint('loans@1')).toBe(at(6));
      expect(await next.get(LOANS, 'loan-1')).toEqual({ doc: loan('1.00', 'borrower-7'), position: at(6) });
      expect(await keysOfBorrower(next, 'borrower-7')).toEqual(['loan-1']);
    });

    it('keeps the checkpoints of readers apart, and forgets one', async () => {
      const store = await prepared(atWork().store);
      await store.commit({ reader: 'loans@1', checkpoint: at(5), puts: [put(LOANS, 'loan-1', loan('1.00'), at(5))] });
      await store.commit({ reader: 'notes@1', checkpoint: at(2), puts: [put(NOTES, 'note-1', { text: 'x' }, at(2))] });
      expect(await store.checkpoint('loans@1')).toBe(at(5));
      expect(await store.checkpoint('notes@1')).toBe(at(2));
      await store.forget('loans@1');
      await store.forget('loans@1');
      expect(await store.checkpoint('loans@1')).toBe(START);
      expect(await store.checkpoint('notes@1')).toBe(at(2));
      await store.commit({ reader: 'loans@1', checkpoint: at(1), puts: [] });
      expect(await store.checkpoint('loans@1')).toBe(at(1));
    });
  });

  describe('guard by position', () => {
    const batches: readonly ReadBatch[] = [
      {
        reader: 'loans@1',
        checkpoint: at(3),
        puts: [put(LOANS, 'loan-1', loan('3.00'), at(3)), put(LOANS, 'loan-2', loan('2.00'), at(2))],
      },
      {
        reader: 'loans@1',
        checkpoint: at(6),
        puts: [put(LOANS, 'loan-1', loan('5.00', 'borrower-2'), at(5)), put(LOANS, 'loan-2', undefined, at(6))],
      },
      {
        reader: 'loans@1',
        checkpoint: at(9),
        puts: [put(LOANS, 'loan-3', loan('9.00'), at(9)), put(LOANS, 'loan-1', loan('8.00', 'borrower-3'), at(8))],
      },
    ];

    it('gives the same documents when batches are committed again, older ones too', async () => {
      const store = await prepared(atWork().store);
      for (const batch of batches) await store.commit(batch);
      const before = await allOf(store, LOANS);
      expect(before.map(({ key }) => key)).toEqual(['loan-1', 'loan-3']);
      for (const batch of [...batches, ...batches.toReversed()]) {
        await store.commit(batch);
        expect(await allOf(store, LOANS)).toEqual(before);
        expect(await store.checkpoint('loans@1')).toBe(at(9));
      }
      expect(await keysOfBorrower(store, 'borrower-1')).toEqual(['loan-3']);
      expect(await keysOfBorrower(store, 'borrower-2')).toEqual([]);
      expect(await keysOfBorrower(store, 'borrower-3')).toEqual(['loan-1']);
    });

    it('gives the same documents when the checkpoint was lost', async () => {
      const store = await prepared(atWork().store);
      for (const batch of batches) await store.commit(batch);
      const before = await allOf(store, LOANS);
      await store.forget('loans@1');
      await store.commit({
        ...batches[0],
        reader: 'loans@1',
        checkpoint: at(3),
        puts: batches.flatMap(({ puts }) => puts),
      });
      expect(await allOf(store, LOANS)).toEqual(before);
      expect(await store.checkpoint('loans@1')).toBe(at(3));
    });

    it('writes what is new of a batch whose other documents are further on', async () => {
      const store = await prepared(atWork().store);
      await store.commit(one('loan-2', loan('20.00'), 20));
      const puts = Array.from({ length: 300 }, (_, index) => put(LOANS, `loan-${index}`, loan('10.00'), at(10)));
      await store.commit({ reader: 'other@1', checkpoint: at(10), puts });
      expect(await store.get(LOANS, 'loan-2')).toEqual({ doc: loan('20.00'), position: at(20) });
      expect((await allOf(store, LOANS)).filter(({ value }) => value.position === at(10))).toHaveLength(299);
      expect(await store.checkpoint('other@1')).toBe(at(10));
    });

    it('keeps the last put of a key that a batch names twice', async () => {
      const store = await prepared(atWork().store);
      const puts = [3, 1, 2].map((each) => put(LOANS, 'loan-1', loan(`${each}.00`, `borrower-${each}`), at(each)));
      await store.commit({ reader: 'loans@1', checkpoint: at(3), puts });
      expect(await store.get(LOANS, 'loan-1')).toEqual({ doc: loan('3.00', 'borrower-3'), position: at(3) });
      expect(await keysOfBorrower(store, 'borrower-1')).toEqual([]);
    });

    it('gives the same documents when two runners work on the same log at once', async () => {
      const store = await prepared(atWork().store);
      const other = await atWork().another();
      await other.prepare(LOANS);
      const steps = Array.from({ length: 20 }, (_, index) => index + 1);
      const batch = (step: number): ReadBatch => ({
        reader: 'loans@1',
        checkpoint: at(step),
        puts: Array.from({ length: 20 }, (_, key) =>
          put(LOANS, `loan-${key}`, loan(`${step}.00`, `borrower-${step % 3}`), at(step)),
        ),
      });
      const run = async (runner: ReadStore): Promise<void> => {
        for (const step of steps) await runner.commit(batch(step));
      };
      await Promise.all([run(store), run(other)]);
      expect(new Set((await allOf(store, LOANS)).map(({ value }) => value.doc.outstanding.amount))).toEqual(
        new Set(['20.00']),
      );
      expect(await keysOfBorrower(store, 'borrower-2')).toHaveLength(20);
      expect(await keysOfBorrower(store, 'borrower-1')).toEqual([]);
      expect(await store.checkpoint('loans@1')).toBe(at(20));
    });
  });
};
