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
