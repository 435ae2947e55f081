import type { Decider } from '../kernel';
import type { LoanCommand } from './commands';
import { decide } from './decide';
import type { LoanEvent } from './events';
import { evolve, type LoanState, noLoan } from './state';

export { nextAgingDate } from './aging';
export { type Arrears, arrearsOn } from './arrears';
export { type LoanCommand, loanCommands } from './commands';
export {
  type AllocationLine,
  ARREARS_BUCKETS,
  type ArrearsBucket,
  allocationLineSchema,
  arrearsBucketSchema,
  type LoanEvent,
  loanEvents,
  type Payee,
  PORTIONS,
  type Portion,
  type PortionsText,
  payeeSchema,
  portionsSchema,
} from './events';
export type { BookedInstallment } from './installment';
export { type Outstanding, outstandingOf } from './outstanding';
export { type Payoff, payoffOn } from './payoff';
export { type Amounts, formatPortions, type Portions } from './portions';
export { type LoanStanding, standingOf } from './standing';
export type { ActiveLoan, Agreement, ClosedLoan, LoanState, WrittenOffLoan } from './state';

export const loanDecider: Decider<LoanState, LoanCommand, LoanEvent> = { initial: noLoan, decide, evolve };
