import type { Decider } from '../kernel';
import type { LoanCommand } from './commands';
import { decide } from './decide';
import type { LoanEvent } from './events';
import { evolve, type LoanState, noLoan } from './state';

export { nextAgingDate } from './aging';
export { type LoanCommand, loanCommands } from './commands';
export {
  type AllocationLine,
  ARREARS_BUCKETS,
  type ArrearsBucket,
  type LoanEvent,
  loanEvents,
  PORTIONS,
  type Portion,
  type PortionsText,
  payeeSchema,
  portionsSchema,
} from './events';
export { outstandingOf } from './outstanding';
export { payoffOn } from './payoff';
export { formatPortions, type Portions } from './portions';
export { type LoanStanding, standingOf } from './standing';
export type { LoanState } from './state';

export const loanDecider: Decider<LoanState, LoanCommand, LoanEvent> = { initial: noLoan, decide, evolve };
