import { formatMoney } from '../kernel';
import { exclusionsOf } from './hard-limits';
import type { ChannelFacts, RoutedMovement, RoutingDecision } from './routing';
import type { RoutingPolicy } from './routing-policy';
import { compareFractions, preferenceFor, type Scored, score, shareText } from './score';

const byName = (a: { readonly channel: string }, b: { readonly channel: string }): number =>
  a.channel === b.channel ? 0 : a.channel < b.channel ? -1 : 1;

/** Best first; of equal ones the one whose name comes first. */
const bestFirst = (a: Scored, b: Scored): number => compareFractions(b.total, a.total) || byName(a, b);

/**
 * Chooses among channels for one movement: first what rules a channel out, then the weighted mean of its marks. Pure
 * and exact, whatever the order in which the channels are given; an empty ranking says that none can take it now.
 */
export const route = (
  movement: RoutedMovement,
  channels: readonly ChannelFacts[],
  { document, hash }: RoutingPolicy,
): RoutingDecision => {
  const facts = channels.toSorted(byName);
  const preference = preferenceFor(movement, document);
  const judged = facts.map((each) => ({ each, reasons: exclusionsOf(each, movement) }));
  const ranking = judged
    .filter(({ reasons }) => reasons.length === 0)
    .map(({ each }) => score(each, movement, document, preference))
    .toSorted(bestFirst);
  return {
    movement,
    facts,
    policy: { name: document.name, version: document.version, hash },
    ...(preference && { preference: preference.name }),
    ranking: ranking.map(({ channel, cost, evidence, parts, total }) => ({
      channel,
      score: shareText(total),
      parts: {
        fit: shareText(parts.fit),
        approval: shareText(parts.approval),
        cost: shareText(parts.cost),
        speed: shareText(parts.speed),
      },
      cost: formatMoney(cost),
      evidence,
    })),
    excluded: judged
      .filter(({ reasons }) => reasons.length > 0)
      .map(({ each, reasons }) => ({ channel: each.channel, reasons: [...reasons] })),
  };
};

/** Makes a recorded decision again from what it was made of; the policy is the one that it names. */
export const replay = (decision: RoutingDecision, policy: RoutingPolicy): RoutingDecision =>
  route(decision.movement, decision.facts, policy);
