import type { Decision, DecisionBasis, DecisionReason, Grant } from '../../domain/application';
import { compareMoney, formatMoney, parseMoney } from '../../domain/kernel';
import type { Arm, PolicyDocument } from '../../domain/policy';
import { expectedLoss, shareOf } from './grant';
import type { ScoredCase } from './score-case';
import type { Admitted, Verdict } from './stages';

/** What the stages of a decision have said; undefined where one said nothing that can be used. */
interface Said {
  readonly admitted: Admitted | undefined;
  readonly verdict: Verdict | undefined;
  readonly scored: ScoredCase | undefined;
}

interface Judgement {
  readonly outcome: Decision['outcome'];
  readonly reasons: DecisionReason[];
  readonly grant?: Grant;
  readonly expectedLoss?: DecisionBasis['expectedLoss'];
}

/**
 * Puts together what the stages said of a case that was not turned away at the door. Any doubt about who is let in,
 * and any stage that came to no conclusion, leads to a person: a score is worth nothing over it. What is left is
 * rejected or approved as the arm's rules have it, in amounts worked out to the cent.
 */
export const judge = (
  asked: DecisionBasis['asked'],
  { admitted, verdict, scored }: Said,
  document: PolicyDocument,
  arm: Arm,
): Judgement => {
  const costly = scored?.reasons ?? [];
  const most = (reasons: readonly DecisionReason[]): DecisionReason[] =>
    [...new Set(reasons)].slice(0, document.reasonsMost);
  if (verdict?.outcome === 'reject' && admitted?.doubts.length === 0) {
    const reasons = most([...(verdict.reason ? [verdict.reason] : []), ...costly]);
    return { outcome: 'reject', reasons: reasons.length > 0 ? reasons : ['SCORE_BELOW_CUTOFF'] };
  }
  const grant = verdict?.outcome === 'approve' ? grantOf(asked, verdict, document) : undefined;
  const unscored = arm.model !== undefined && scored?.score === undefined;
  const doubts = [
    ...(admitted?.doubts ?? INCONCLUSIVE),
    ...doubtsOf(verdict, grant),
    ...(unscored ? INCONCLUSIVE : []),
  ];
  if (doubts.length > 0 || grant === undefined) {
    return { outcome: 'refer', reasons: most([...doubts, ...costly]) };
  }
  const probability = scored?.basis.probabilityBad;
  return {
    outcome: 'approve',
    reasons: [],
    grant,
    ...(probability === undefined ? {} : { expectedLoss: expectedLoss(grant.principal, probability, document) }),
  };
};

const INCONCLUSIVE: readonly DecisionReason[] = ['RULES_INCONCLUSIVE'];

/** What in the verdict of the arm's rules asks for a person. */
const doubtsOf = (verdict: Verdict | undefined, grant: Grant | undefined): readonly DecisionReason[] => {
  if (verdict === undefined) return INCONCLUSIVE;
  if (verdict.outcome === 'refer') return [verdict.reason ?? 'SCORE_NEEDS_REVIEW'];
  return verdict.outcome === 'approve' && grant === undefined ? ['AMOUNT_HIGH'] : [];
};

/** What is granted; undefined when that is less than the product lends. */
const grantOf = (
  { principal, least, installments }: DecisionBasis['asked'],
  { grant, termMost, price }: Verdict,
  { grantStep, prices }: PolicyDocument,
): Grant | undefined => {
  const granted = shareOf(principal, grant, grantStep);
  const adds = prices[price]?.adds;
  if (adds === undefined || compareMoney(granted, parseMoney(least)) < 0) return undefined;
  return {
    principal: formatMoney(granted),
    installments: termMost === undefined ? installments : Math.min(installments, termMost),
    price,
    adds,
  };
};
