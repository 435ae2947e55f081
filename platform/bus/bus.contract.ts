import { describeDelivery } from './contract/delivery.contract';
import { describeFailures } from './contract/failures.contract';
import { describeGroups } from './contract/groups.contract';
import type { OpenBus } from './contract/harness.contract';
import { describeParking } from './contract/parking.contract';

export type { OpenBus } from './contract/harness.contract';

/**
 * What every bus must do. Each adapter's test runs it. Every test has a topic of its own, so the broker may be shared.
 */
export const describeBus = (name: string, open: OpenBus): void => {
  describe(`bus contract: ${name}`, () => {
    describeDelivery(open);
    describeGroups(open);
    describeFailures(open);
    describeParking(open);
  });
};
