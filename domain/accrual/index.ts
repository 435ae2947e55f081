import type { Decider } from '../kernel';
import type { AccrualCommand } from './commands';
import { decide } from './decide';
import type { AccrualEvent } from './events';
import { type AccrualState, evolve, noAccrual } from './state';

export { type AccrualCommand, accrualCommands } from './commands';
export { Earnings } from './earnings';
export { type AccrualEvent, type Accrued, accrualEvents } from './events';
export { type Portfolio, PortfolioSums } from './portfolio-sums';
export type { AccrualState } from './state';

/**
 * The register of accrued interest: one stream per product and currency, one fact per business date. No loan has an
 * event for a day on which nothing but time has passed.
 */
export const accrualDecider: Decider<AccrualState, AccrualCommand, AccrualEvent> = {
  initial: noAccrual,
  decide,
  evolve,
};
