import type { Decider } from '../kernel';
import type { PeriodCommand } from './commands';
import { decide } from './decide';
import type { PeriodEvent } from './events';
import { allOpen, evolve, type PeriodState } from './state';

export { type PeriodCommand, periodCommands } from './commands';
export { type PeriodEvent, periodEvents } from './events';
export type { PeriodState } from './state';

export const periodDecider: Decider<PeriodState, PeriodCommand, PeriodEvent> = { initial: allOpen, decide, evolve };
