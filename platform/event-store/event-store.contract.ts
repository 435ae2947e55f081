import { describeAppending } from './contract/appending.contract';
import { describeClosing } from './contract/closing.contract';
import { describeFollowing } from './contract/following.contract';
import { type Contract, defaultSizes, type OpenStore, type Sizes } from './contract/harness.contract';
import { describeReadingStreams } from './contract/reading-streams.contract';
import { describeReadingTheLog } from './contract/reading-the-log.contract';

export type { OpenStore, Sizes } from './contract/harness.contract';

/**
 * What every event store must do, run by each adapter's own short test. The suite gives its streams names of their own
 * in every test and reads from where the log ended before, so a store may also hold events of others.
 */
export const describeEventStore = (name: string, open: OpenStore, sizes: Partial<Sizes> = {}): void => {
  const contract: Contract = { open, sizes: { ...defaultSizes, ...sizes } };
  describe(`event store contract: ${name}`, () => {
    describeAppending(contract);
    describeReadingStreams(contract);
    describeReadingTheLog(contract);
    describeFollowing(contract);
    describeClosing(contract);
  });
};
