import { aggregates, type CommandBus } from '../commands';
import { policyId } from '../domain/kernel';
import { activeVersion, type PolicyDocument, type PolicyVersion, shadowVersions } from '../domain/policy';
import { uuidV5 } from '../platform/runtime';
import type { PolicyShelf } from '../risk';
import { checkPolicy } from '../risk/decision';
import { CATALOGUE_HASH, type CompiledPolicy, compilePolicy, policyHash, shippedPolicy } from '../risk/policy';
import type { ModelShelf } from '../risk/scoring';
import { shippedModels } from './models';

/** The policy by which the house lends. */
const HOUSE_POLICY = policyId(shippedPolicy.name);

/**
 * The versions of the house's policy, out of its stream; each is compiled once. What is active is read at every
 * decision, so that an activation counts from the next decision on, without a restart.
 */
export const policyShelf = (bus: Pick<CommandBus, 'load'>, models: ModelShelf): PolicyShelf => {
  const compiled = new Map<string, CompiledPolicy>();
  const ready = (version: PolicyVersion): CompiledPolicy => {
    const known = compiled.get(version.hash);
    if (known) return known;
    const policy = compilePolicy(version, models);
    compiled.set(version.hash, policy);
    return policy;
  };
  const versions = async () => (await bus.load(aggregates.policy, HOUSE_POLICY)).state;
  return {
    inForce: async () => {
      const state = await versions();
      const active = activeVersion(state);
      if (active === undefined) throw new Error(`${HOUSE_POLICY} has no active version`);
      return { active: ready(active), shadows: shadowVersions(state).map(ready) };
    },
    find: async (hash) => {
      const version = (await versions()).versions.get(hash);
      return version && ready(version);
    },
  };
};

/** Of the ids of installations. */
const NAMESPACE = '5b0f4c1a-6f2e-5d0b-9a0e-3c8f6f0b7d11';

/** Puts the shipped policy in force where there is none yet; otherwise does nothing. */
export const installPolicy = async (bus: CommandBus): Promise<void> => {
  const commandId = uuidV5(NAMESPACE, policyHash(shippedPolicy));
  const result = await bus.execute(
    { type: 'InstallPolicy', data: { policyId: HOUSE_POLICY, document: shippedPolicy, catalogue: CATALOGUE_HASH } },
    { commandId, actor: { kind: 'system', id: 'house' }, correlationId: commandId, causationId: commandId },
  );
  if (result.kind === 'refused') throw new Error(`the policy cannot be installed: ${result.refusal.detail}`);
};

/** The checks that a policy must pass before anybody may want it to decide. */
export const policyChecks = {
  check: (document: PolicyDocument) => checkPolicy(document, shippedModels),
  hashOf: policyHash,
  catalogue: CATALOGUE_HASH,
};
