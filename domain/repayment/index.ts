import type { Decider } from '../kernel';
import type { RepaymentCommand } from './commands';
import { decide } from './decide';
import type { RepaymentEvent } from './events';
import { evolve, noRepayment, type RepaymentState } from './state';

export type { LoanStanding } from '../loan';
export { type DebitOutcome, type RepaymentCommand, repaymentCommands } from './commands';
export { type RepaymentEvent, repaymentEvents } from './events';
export type { RepaymentState } from './state';

export const repaymentDecider: Decider<RepaymentState, RepaymentCommand, RepaymentEvent> = {
  initial: noRepayment,
  decide,
  evolve,
};
