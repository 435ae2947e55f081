import type { Decider } from '../kernel';
import type { LoanCommand } from './commands';
import { decide } from './decide';
import type { LoanEvent } from './events';
import { evolve, type LoanState, noLoan } from './state';

export {
  type AccountChange,
  accountAfter,
  BOOK_ROLES,
  type BookLine,
  type BookRole,
  emptyAccount,
  type Journal,
  linesOf,
} from './account';
export { type AccruingLoan, accruedOn, accruingLoanOn } from './accrual';
export { nextAgingDate } from './aging';
export { type BecameKnown, becameKnown, becameKnownSchema, type RecordedLoanEvent } from './became-known';
export { type LoanCommand, loanCommands } from './commands';
export {
  ARREARS_BUCKETS,
  type ArrearsBucket,
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
export { explainedInstallment, explainedPayoff, explainedTransaction } from './explained';
export { type ArrearsExplanation, arrearsExplanationSchema, explainedArrears } from './explained-arrears';
export { type ArrearsStanding, arrearsStandingOf, repaidBetween } from './in-arrears';
export { formatPortions, type Portions } from './portions';
export {
  accountOn,
  duesOn,
  type LoanDues,
  type LoanStanding,
  lentLoanOn,
  outstandingOf,
  type PaidInto,
  paidIntoOf,
  payoffOn,
  standingOf,
  unpaidOf,
} from './standing';
export type { LoanState } from './state';
export { type AccountText, accountTextOn, accountTextSchema } from './told-account';
export { nextInstallment } from './upcoming';

export const loanDecider: Decider<LoanState, LoanCommand, LoanEvent> = { initial: noLoan, decide, evolve };
