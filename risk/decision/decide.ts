import type { Decision, DecisionBasis } from '../../domain/application';
import type { FeatureVector } from '../features';
import type { CompiledPolicy } from '../policy';
import type { RuleValue } from '../rules';
import type { OtherEngine } from '../scoring';
import { armFor } from './arm';
import { judge } from './judge';
import { type ScoredCase, scoreCase } from './score-case';
import { admission, type Stage, segmentation, strategyRules } from './stages';

/** What is to be decided. */
export interface DecisionCase {
  readonly borrowerId: string;
  readonly product: string;
  readonly channel: string;
  readonly asked: DecisionBasis['asked'];
  readonly features: FeatureVector['values'];
}

/** What the engine concludes; the caller adds where the features came from and how long it took. */
export type Conclusion = Pick<Decision, 'outcome' | 'reasons' | 'score' | 'policy' | 'trace'> & {
  readonly basis: Pick<
    DecisionBasis,
    'segment' | 'strategy' | 'arm' | 'model' | 'probabilityBad' | 'grant' | 'expectedLoss'
  >;
};

export interface DecidingWith {
  /** Scores in the model's place where the policy asks for it. */
  readonly other?: OtherEngine | undefined;
  /** What the model said when this was decided: said again where it came from elsewhere. */
  readonly recalled?: DecisionBasis['model'] | undefined;
  /** Decides as if in this arm; default: the borrower's own. */
  readonly arm?: string | undefined;
}

type Context = Readonly<Record<string, RuleValue>>;

const traced = (stage: string, { fired, failure }: Stage<unknown>): Decision['trace'] => [
  ...fired.map(({ node, rule }) => ({ rule: `${stage}/${node}`, fired: true, note: rule })),
  ...(failure === undefined ? [] : [{ rule: stage, fired: false, note: failure }]),
];

const NOWHERE = { segment: 'none', strategy: 'none', arm: 'none' } as const;

/**
 * Decides: segment, who is let in, the borrower's arm, its model, its rules. The same case and policy give the same
 * conclusion, years later too. What is missing, unknown or fails leads to a person: nothing but a rule that says so
 * approves.
 */
export const decide = async (
  given: DecisionCase,
  policy: CompiledPolicy,
  by: DecidingWith = {},
): Promise<Conclusion> => {
  const { document, hash, version } = policy;
  const named = { policy: { name: document.name, version, hash } };
  const context: Context = { ...given.features, product: given.product, channel: given.channel };
  const placed = await segmentation(policy, context);
  const strategy = placed.said && document.strategies[placed.said.strategy];
  if (placed.said === undefined || strategy === undefined) {
    const trace = traced('segmentation', placed);
    return { ...named, outcome: 'refer', reasons: ['RULES_INCONCLUSIVE'], trace, basis: NOWHERE };
  }
  const arm = strategy.arms.find(({ name }) => name === by.arm) ?? armFor(strategy, given.borrowerId);
  const place = { ...placed.said, arm: arm.name };
  const inSegment: Context = { ...context, segment: place.segment };
  const admitted = await admission(policy, inSegment);
  const soFar = [...traced('segmentation', placed), ...traced('admission', admitted)];
  const rejections = admitted.said?.rejections ?? [];
  if (rejections.length > 0) {
    const reasons = rejections.slice(0, document.reasonsMost);
    return { ...named, outcome: 'reject', reasons, trace: soFar, basis: place };
  }
  const scored = arm.model === undefined ? undefined : await scoreCase(policy.model(arm.model), context, by);
  const ruled = await strategyRules(policy, arm.rules, { ...inSegment, arm: arm.name, ...scoreFields(scored) });
  const said = { admitted: admitted.said, verdict: ruled.said, scored };
  const { outcome, reasons, ...granted } = judge(given.asked, said, document, arm);
  return {
    ...named,
    outcome,
    reasons,
    ...(scored?.score === undefined ? {} : { score: scored.score }),
    trace: [...soFar, ...(scored?.trace ?? []), ...traced(arm.rules, ruled)],
    basis: { ...place, ...scored?.basis, ...granted },
  };
};

const scoreFields = (scored: ScoredCase | undefined): Context => ({
  score: scored?.score ?? null,
  probabilityBad: scored?.basis.probabilityBad ?? null,
});
