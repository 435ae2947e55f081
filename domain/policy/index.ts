import type { Decider } from '../kernel';
import type { PolicyCommand } from './commands';
import { decide } from './decide';
import type { PolicyEvent } from './events';
import { evolve, noPolicy, type PolicyState } from './state';

export { type PolicyCommand, policyCommands } from './commands';
export { type PolicyEvent, policyEvents } from './events';
export {
  type Arm,
  type GoldenCase,
  type ModelUse,
  type PolicyDocument,
  policyDocumentSchema,
  policyHashSchema,
  type Strategy,
} from './policy-document';
export {
  activeVersion,
  POLICY_STATUSES,
  type PolicyState,
  type PolicyVersion,
  shadowVersions,
} from './state';

/** A risk policy in all its versions, of which one decides. */
export const policyDecider: Decider<PolicyState, PolicyCommand, PolicyEvent> = { initial: noPolicy, decide, evolve };
