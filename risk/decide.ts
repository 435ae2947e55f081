import type { Decision, DecisionReason } from '../domain/application';
import { ADMISSION_RULES } from './admission';
import type { Features } from './features';
import type { Policy, PolicyDocument } from './policy';
import { costliestReasons, scoreOf } from './scorecard';

/** What the engine concludes from features alone; the caller adds where the features came from and how long it took. */
export type Conclusion = Pick<Decision, 'outcome' | 'reasons' | 'score' | 'policy' | 'trace'>;

const byScore = (score: number, { cutoff }: PolicyDocument): Decision['outcome'] => {
  if (score >= cutoff.approve) return 'approve';
  return score < cutoff.reject ? 'reject' : 'refer';
};

/**
 * Decides: admission rules first (the first "no" is final, any doubt goes to a person), then the score against the
 * cut-offs. Pure: the same features and policy give the same conclusion, years later too.
 */
export const conclude = (features: Features, { document, hash }: Policy): Conclusion => {
  const policy = { name: document.name, version: document.version, hash };
  const verdicts = ADMISSION_RULES.map((rule) => ({ rule, verdict: rule.judge(features, document) }));
  const trace = verdicts.map(({ rule, verdict }) => ({ rule: rule.name, fired: verdict !== 'pass' }));
  const rejected = verdicts.find(({ verdict }) => verdict === 'reject');
  if (rejected) return { outcome: 'reject', reasons: [rejected.rule.reason], policy, trace };
  const doubts = verdicts.filter(({ verdict }) => verdict === 'refer').map(({ rule }) => rule.reason);
  if (doubts.length > 0) return { outcome: 'refer', reasons: doubts, policy, trace };

  const { score, contributions } = scoreOf(features, document);
  const outcome = byScore(score, document);
  const notes = contributions.map(({ feature, points }) => ({
    rule: `score:${feature}`,
    fired: true,
    note: String(points),
  }));
  const costly = costliestReasons(contributions, document.reasonsMost);
  return { outcome, reasons: reasonsFor(outcome, costly), score, policy, trace: [...trace, ...notes] };
};

const reasonsFor = (outcome: Decision['outcome'], costly: readonly DecisionReason[]): DecisionReason[] => {
  switch (outcome) {
    case 'approve':
      return [];
    case 'refer':
      return ['SCORE_NEEDS_REVIEW', ...costly];
    case 'reject':
      return costly.length > 0 ? [...costly] : ['SCORE_BELOW_CUTOFF'];
  }
};
