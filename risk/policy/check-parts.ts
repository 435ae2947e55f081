import { decisionReasonSchema } from '../../domain/application';
import type { ModelUse, PolicyDocument } from '../../domain/policy';
import { CATALOGUE, type FeatureDefinition } from '../features';
import {
  checkRules,
  type FindingCode,
  type Jdm,
  jdmSchema,
  type RuleFinding,
  type RuleValue,
  type Vocabulary,
} from '../rules';
import type { CreditModel, ModelShelf } from '../scoring';

type Report = (place: string, code: FindingCode, detail: string) => void;

/** What rules must put out. */
export interface OutputContract {
  readonly [field: string]: {
    readonly kind: 'text' | 'number';
    readonly required: boolean;
    /** The only values there may be; whole numbers from nought to this. */
    readonly values?: readonly RuleValue[];
    readonly most?: number;
  };
}

/** Reads every set of rules; what is no JDM at all is reported. */
export const readRules = ({ rules }: PolicyDocument, report: Report): ReadonlyMap<string, Jdm> => {
  const read = new Map<string, Jdm>();
  for (const [name, jdm] of Object.entries(rules)) {
    const parsed = jdmSchema.safeParse(jdm);
    if (parsed.success) read.set(name, parsed.data);
    else {
      for (const { path, message } of parsed.error.issues.slice(0, 10)) {
        report([`rules/${name}`, ...path.map(String)].join('/'), 'UNSUPPORTED', message);
      }
    }
  }
  return read;
};

/** Checks one set of rules in its part: the fields that it may use, and what it must put out. */
export const checkPart = (
  name: string,
  rules: ReadonlyMap<string, Jdm>,
  { vocabulary, contract }: { readonly vocabulary: Vocabulary; readonly contract: OutputContract },
): readonly RuleFinding[] => {
  const place = `rules/${name}`;
  const jdm = rules.get(name);
  if (jdm === undefined) return [{ place, code: 'UNKNOWN_FIELD', detail: `there are no rules "${name}"` }];
  const { findings, outputs } = checkRules(jdm, vocabulary, place);
  if (findings.length > 0) return findings;
  return Object.entries(contract).flatMap(([field, wanted]) => {
    const fault = outputFault(outputs.get(field), wanted);
    return fault === undefined ? [] : [{ place: `${place}/output "${field}"`, code: 'OUTPUT' as const, detail: fault }];
  });
};

const outputFault = (
  got: ReturnType<Vocabulary['get']>,
  { kind, required, values, most }: OutputContract[string],
): string | undefined => {
  if (got === undefined) return required ? 'no rule puts it out' : undefined;
  if (got.kind !== kind) return `it must be ${kind}, and is ${got.kind}`;
  const wrong = got.values?.find(
    (value) =>
      (values !== undefined && !values.includes(value)) ||
      (most !== undefined && !(typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most)),
  );
  return wrong === undefined ? undefined : `it cannot be ${JSON.stringify(wrong)}`;
};

/** Shares that do not make a whole, and names of nothing. */
export const checkStrategies = ({ strategies, models }: PolicyDocument, report: Report): void => {
  for (const [name, { arms }] of Object.entries(strategies)) {
    const place = `strategies/${name}`;
    const total = arms.reduce((sum, { share }) => sum + share, 0);
    if (total !== 10_000) report(place, 'SHARES', `the shares make ${total}, not 10000`);
    if (new Set(arms.map((arm) => arm.name)).size < arms.length) report(place, 'SHARES', 'two arms have one name');
    for (const { name: arm, model } of arms) {
      if (model !== undefined && models[model] === undefined)
        report(`${place}/${arm}`, 'MODEL', `there is no "${model}"`);
    }
  }
};

const FEATURES: ReadonlyMap<string, FeatureDefinition> = new Map(CATALOGUE.map((each) => [each.name, each]));

export const checkModels = ({ models }: PolicyDocument, shelf: ModelShelf, report: Report): void => {
  for (const [name, use] of Object.entries(models)) {
    const place = `models/${name}`;
    const model = found(shelf, use, place, report);
    if (model) checkModel(use, model, place, report);
  }
};

const found = (
  shelf: ModelShelf,
  { document, hash }: ModelUse,
  place: string,
  report: Report,
): CreditModel | undefined => {
  try {
    const model = shelf.find(document);
    if (model === undefined) report(place, 'MODEL', `there is no model ${document}`);
    else if (model.hash !== hash) report(place, 'MODEL', `${document} has the hash ${model.hash}`);
    else return model;
  } catch (error) {
    report(place, 'MODEL', String(error));
  }
  return undefined;
};

const checkModel = (use: ModelUse, model: CreditModel, place: string, report: Report): void => {
  for (const { name, categories } of model.inputs) {
    const input = use.inputs[name];
    const at = `${place}/inputs/${name}`;
    if (input === undefined) report(at, 'MODEL', 'nothing says where this input comes from');
    else if (input !== null) checkInput(input, categories, at, report);
  }
  const known = new Set(model.inputs.map(({ name }) => name));
  for (const name of Object.keys(use.inputs)) {
    if (!known.has(name)) report(`${place}/inputs/${name}`, 'MODEL', 'the model has no such input');
  }
  for (const output of [use.outputs.probabilityBad, ...(use.outputs.reasons ?? [])]) {
    if (!model.outputs.includes(output)) report(`${place}/outputs`, 'MODEL', `the model has no output "${output}"`);
  }
};

const checkInput = (
  { feature, values, bands }: NonNullable<ModelUse['inputs'][string]>,
  categories: readonly string[],
  at: string,
  report: Report,
): void => {
  const known = FEATURES.get(feature);
  if (known === undefined) {
    report(at, 'UNKNOWN_FIELD', `there is no feature "${feature}"`);
    return;
  }
  if (known.use !== 'model') report(at, 'MODEL', `"${feature}" may not enter a model`);
  const { type } = known;
  const words = bands?.map(({ value }) => value) ?? Object.values(values ?? {});
  const strange = categories.length === 0 ? undefined : words.find((word) => !categories.includes(word));
  if (strange !== undefined) report(at, 'WRONG_TYPE', `the model does not know "${strange}"`);
  if (bands !== undefined && type.kind !== 'whole' && type.kind !== 'share') {
    report(at, 'WRONG_TYPE', `"${feature}" is no number: it has no bands`);
  }
  const unmapped = type.kind === 'category' && values ? type.values.filter((value) => values[value] === undefined) : [];
  if (unmapped.length > 0) report(at, 'WRONG_TYPE', `nothing says what ${unmapped.join(', ')} is to the model`);
};

/** The reasons that rules can give. */
export const REASONS: readonly string[] = decisionReasonSchema.options;
