import type { FeatureVector } from '../features';
import type { CompiledPolicy } from '../policy';
import type { RuleValue } from '../rules';

/** What an application can be asked to bring. */
const APPLICATION_FIELDS = ['amount', 'installments', 'cardId', 'declaration', 'deviceId'] as const;
export type ApplicationField = (typeof APPLICATION_FIELDS)[number];

/** Without these there is nothing to decide. */
const ALWAYS: readonly ApplicationField[] = ['amount', 'installments'];

/** What is asked for where the rules say nothing that can be used: nobody is let off by a fault. */
const WITHOUT_WORD: readonly ApplicationField[] = ['amount', 'installments', 'cardId', 'declaration'];

/**
 * What a borrower has to supply, by the policy, out of what the house knows of them before anybody else is asked.
 */
export const requiredFields = async (
  policy: CompiledPolicy,
  history: Partial<FeatureVector['values']>,
): Promise<readonly ApplicationField[]> => {
  const context: Readonly<Record<string, RuleValue>> = { ...history, product: null, channel: null };
  const { outputs } = await policy.rules(policy.document.requirements).evaluate(context);
  const said = outputs.length === 1 ? outputs[0]?.['requires'] : undefined;
  if (typeof said !== 'string') return WITHOUT_WORD;
  const named = new Set(said.split(',').map((name) => name.trim()));
  return APPLICATION_FIELDS.filter((field) => ALWAYS.includes(field) || named.has(field));
};
