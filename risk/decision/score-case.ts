import type { Decision, DecisionBasis, DecisionReason } from '../../domain/application';
import type { BoundModel } from '../policy';
import type { RuleValue } from '../rules';
import { modelRow, type OtherEngine, pointsOf, type Scored, scoreWith } from '../scoring';

type ModelRecord = NonNullable<DecisionBasis['model']>;

/** What a model says of a case. */
export interface ScoredCase {
  /** Points; undefined: the model could not say. */
  readonly score: number | undefined;
  /** What cost most, first. */
  readonly reasons: readonly DecisionReason[];
  readonly trace: Decision['trace'];
  readonly basis: Pick<DecisionBasis, 'model' | 'probabilityBad'>;
}

/** Scores a case with the model that its arm names, or takes what the model is on record to have said. */
export const scoreCase = async (
  { use, model }: BoundModel,
  features: Readonly<Record<string, RuleValue>>,
  { other, recalled }: { readonly other?: OtherEngine | undefined; readonly recalled?: ModelRecord | undefined },
): Promise<ScoredCase> => {
  const { document, hash } = model;
  const asRecorded = recalled?.by === 'remote' && recalled.hash === hash ? recalled : undefined;
  const said = asRecorded ?? (await scoreWith(model, modelRow(use, features), use.remote ? other : undefined));
  const rule = `score/${document}`;
  if ('unscored' in said) {
    return { score: undefined, reasons: [], trace: [{ rule, fired: false, note: said.unscored }], basis: {} };
  }
  const record: ModelRecord = { document, hash, by: said.by, ...fallbackOf(said), outputs: said.outputs };
  const probability = said.outputs[use.outputs.probabilityBad];
  if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1)) {
    const note = `${use.outputs.probabilityBad} is no probability`;
    return { score: undefined, reasons: [], trace: [{ rule, fired: false, note }], basis: { model: record } };
  }
  const score = pointsOf(probability);
  return {
    score,
    reasons: reasonsIn(said.outputs, use),
    trace: [{ rule, fired: true, note: String(score) }],
    basis: { model: record, probabilityBad: probability },
  };
};

const fallbackOf = ({ fallback }: { readonly fallback?: Scored['fallback'] | undefined }): Pick<Scored, 'fallback'> =>
  fallback === undefined ? {} : { fallback };

const reasonsIn = (
  outputs: Scored['outputs'],
  { outputs: named, reasons }: BoundModel['use'],
): readonly DecisionReason[] => (named.reasons ?? []).flatMap((output) => reasons?.[String(outputs[output])] ?? []);
