import type { Decider } from '../kernel';
import type { InstructionCommand } from './commands';
import { decide } from './decide';
import type { InstructionEvent } from './events';
import { evolve, type InstructionState, noInstruction } from './state';

export { type AccountsNamed, type InstructionCommand, instructionCommands } from './commands';
export { type InstructionEvent, instructionEvents } from './events';
export { CUSTODY_ORDERS, type CustodyOrder, custodyOrderSchema, type Flow, type Opening } from './order';
export type { InstructionState } from './state';

export const instructionDecider: Decider<InstructionState, InstructionCommand, InstructionEvent> = {
  initial: noInstruction,
  decide,
  evolve,
};
