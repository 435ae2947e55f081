import { describeCollections } from './contract/collections.contract';
import { describeCommits } from './contract/commits.contract';
import { describeDocuments } from './contract/documents.contract';
import { describeQueries } from './contract/queries.contract';
import { describeQueryLaw } from './contract/query-law.contract';
import type { ReadStoreAtWork } from './contract/read-store-at-work';
import { describeVersions } from './contract/versions.contract';

export type { ReadStoreAtWork };

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
