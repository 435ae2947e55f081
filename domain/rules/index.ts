import type { Decider } from '../kernel';
import type { RulesCommand } from './commands';
import { decide } from './decide';
import type { RulesEvent } from './events';
import { evolve, noRules, type RulesState } from './state';

export { type RulesCommand, rulesCommands } from './commands';
export { type RulesEvent, ruleSetHashSchema, rulesEvents, type Trial, trialSchema } from './events';
export type { RulesState } from './state';

/** The rules by which one counterparty's statements are held against our movements, in all their versions. */
export const rulesDecider: Decider<RulesState, RulesCommand, RulesEvent> = { initial: noRules, decide, evolve };
