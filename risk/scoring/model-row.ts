import type { ModelUse } from '../../domain/policy';
import type { PmmlRow } from '../pmml';
import type { RuleValue } from '../rules';

type Input = NonNullable<ModelUse['inputs'][string]>;

/** The value of a model's input; undefined where it is missing to the model. */
const valueFor = ({ feature, values, bands }: Input, features: Readonly<Record<string, RuleValue>>): RuleValue => {
  const value = features[feature] ?? null;
  if (value === null) return null;
  if (values !== undefined) return values[String(value)] ?? null;
  if (bands !== undefined && typeof value === 'number') {
    return bands.find(({ below }) => below === null || value < below)?.value ?? null;
  }
  return value;
};

/** Features in the words of a model. */
export const modelRow = ({ inputs }: ModelUse, features: Readonly<Record<string, RuleValue>>): PmmlRow =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, input === null ? null : valueFor(input, features)]),
  );
