import { describeCollections } from './contract/collections.contract';
import { describeCommits } from './contract/commits.contract';
import { describeDocuments } from './contract/documents.contract';
import { describeQueries } from './contract/queries.contract';
import { describeQueryLaw } from './contract/query-law.contract';
import { describeVersions } from './contract/versions.contract';
import type { ReadStore } from './read-store';

/** A read store on data of its own, empty at first. */
export interface ReadStoreAtWork {
  readonly store: ReadStore;
  /** Another store on the same data, as a second process or a restarted one would have. Closed with the rest. */
  another(): Promise<ReadStore>;
  /** Closes every store and removes the data. */
  dispose(): Promise<void>;
}

/** What every read store must do. Each adapter's test runs it. */
export const describeReadStore = (name: string, open: () => Promise<ReadStoreAtWork>): void => {
  describe(`read store: ${name}`, () => {
    let atWork: ReadStoreAtWork;
    beforeEach(async () => {
      atWork = await open();
    });
    afterEach(() => atWork.dispose());

    describeCollections(() => atWork);
    describeDocuments(() => atWork);
    describeCommits(() => atWork);
    describeQueries(() => atWork);
    describeQueryLaw(() => atWork);
    describeVersions(() => atWork);
  });
};
