export { type LoanStanding, type RepaymentCommand, repaymentCommands } from './commands';
export { REPAYMENT_KINDS, type RepaymentEvent, repaymentEvents } from './events';
