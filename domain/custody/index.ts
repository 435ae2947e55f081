import type { Decider } from '../kernel';
import type { CustodyCommand } from './commands';
import { decide } from './decide';
import type { CustodyEvent } from './events';
import { type CustodyState, evolve, noAccount } from './state';

export { type CustodyCommand, custodyCommands } from './commands';
export { type CustodyEvent, custodyEvents } from './events';
export {
  CUSTODY_BANK,
  type CustodyOwner,
  custodyAccountIdFor,
  custodyOwnerSchema,
  type Holder,
  holderOf,
  holderSchema,
} from './owner';
export type { CustodyState } from './state';

export const custodyDecider: Decider<CustodyState, CustodyCommand, CustodyEvent> = {
  initial: noAccount,
  decide,
  evolve,
};
