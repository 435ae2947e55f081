import type { ModelUse, PolicyDocument } from '../../domain/policy';
import { type CompiledRules, compileRules, jdmSchema } from '../rules';
import type { CreditModel, ModelShelf } from '../scoring';

/** A model as a policy uses it. */
export interface BoundModel {
  readonly use: ModelUse;
  readonly model: CreditModel;
}

/** A policy ready to decide with, pinned to its content. */
export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly hash: string;
  readonly version: number;
  /** @throws Error on a name that the document does not have: its check has seen to that */
  readonly rules: (name: string) => CompiledRules;
  readonly model: (name: string) => BoundModel;
}

const found = <Value>(map: ReadonlyMap<string, Value>, name: string): Value => {
  const value = map.get(name);
  if (value === undefined) throw new Error(`the policy has no "${name}"`);
  return value;
};

const bound = (name: string, use: ModelUse, models: ModelShelf): BoundModel => {
  const model = models.find(use.document);
  if (model === undefined) throw new Error(`model "${name}": there is no ${use.document}`);
  if (model.hash !== use.hash) throw new Error(`model "${name}": ${use.document} is another one than was meant`);
  return { use, model };
};

/**
 * Makes a policy ready to decide with.
 * @throws Error when it names rules or models that are not there: only policies that were checked get here
 */
export const compilePolicy = (
  { document, hash, version }: Pick<CompiledPolicy, 'document' | 'hash' | 'version'>,
  models: ModelShelf,
): CompiledPolicy => {
  const rules = new Map(
    Object.entries(document.rules).map(([name, jdm]) => [name, compileRules(jdmSchema.parse(jdm))]),
  );
  const uses = new Map(Object.entries(document.models).map(([name, use]) => [name, bound(name, use, models)]));
  return { document, hash, version, rules: (name) => found(rules, name), model: (name) => found(uses, name) };
};
