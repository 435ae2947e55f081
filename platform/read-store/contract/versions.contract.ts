import { liveVersion, type ReadStore, swapLive, versionedName } from '..';
import type { ReadStoreAtWork } from './read-store-at-work';

export const describeVersions = (atWork: () => ReadStoreAtWork): void => {
  const store = (): ReadStore => atWork().store;
  describe('versions of a collection', () => {
    it('are named by number', () => {
      expect(versionedName('loans', 3)).toBe('loans@3');
    });

    it('have none live at first', async () => {
      expect(await liveVersion(store(), 'loans')).toBeUndefined();
    });

    it('are swapped, forwards and backwards, each projection by itself', async () => {
      for (const version of [1, 2, 2, 10, 2]) {
        await swapLive(store(), 'loans', version);
        expect(await liveVersion(store(), 'loans')).toBe(version);
      }
      await swapLive(store(), 'payouts', 7);
      expect(await liveVersion(store(), 'loans')).toBe(2);
      expect(await liveVersion(store(), 'payouts')).toBe(7);
    });
  });
};
