import type { Decider } from '../kernel';
import type { CreditLineCommand } from './commands';
import { decide } from './decide';
import type { CreditLineEvent } from './events';
import { type CreditLineState, evolve, initial } from './state';

export { type CreditLineCommand, creditLineCommands } from './commands';
export { type CreditLineEvent, creditLineEvents } from './events';
export { type CreditLineState, isInUse, usageOf } from './state';

/** What a borrower may owe in all, and how much of it is reserved or drawn. */
export const creditLineDecider: Decider<CreditLineState, CreditLineCommand, CreditLineEvent> = {
  initial,
  decide,
  evolve,
};
