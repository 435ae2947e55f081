import { compareMoney, instantAt, type MoneyText, parseMoney, type Refusal, refuse } from '../kernel';
import type { ApplicationCommand } from './commands';
import type { ApplicationEvent } from './events';
import type { ReferredApplication, SubmittedApplication } from './state';

type Outcome = readonly ApplicationEvent[] | Refusal;
type Given<Type extends ApplicationCommand['type']> = Extract<ApplicationCommand, { readonly type: Type }>;

const NOTHING: readonly ApplicationEvent[] = [];

/** How long a claim keeps others away. */
const CLAIM_MS = 30 * 60_000;

/** Whether somebody else has claimed the application, and their time is not over. */
const claimedByOther = ({ review: { claim } }: ReferredApplication, by: string, at: string): Refusal | undefined =>
  claim !== undefined && claim.reviewer !== by && claim.until > at
    ? refuse('REVIEW_CLAIMED', `${claim.reviewer} looks at it until ${claim.until}`)
    : undefined;

export const claimReview = ({ actor, at }: Given<'ClaimReview'>, state: ReferredApplication): Outcome => {
  const taken = claimedByOther(state, actor.id, at);
  const until = instantAt(Date.parse(at) + CLAIM_MS);
  return taken ?? [{ type: 'ReviewClaimed', data: { reviewer: actor.id, until } }];
};

export const releaseReview = ({ actor, at }: Given<'ReleaseReview'>, state: ReferredApplication): Outcome => {
  if (state.review.claim === undefined) return NOTHING;
  return claimedByOther(state, actor.id, at) ?? [{ type: 'ReviewReleased', data: { reviewer: actor.id } }];
};

const isAbove = (amount: MoneyText, limit: MoneyText | undefined): boolean =>
  limit !== undefined && limit.currency === amount.currency && compareMoney(parseMoney(amount), parseMoney(limit)) > 0;

/**
 * What stands in the way of a reviewer's approval: another reviewer's claim; above the policy's limit, a second pair of
 * eyes. The first of the two endorses, which is a fact; undefined when nothing stands in the way.
 */
export const beforeApproval = (
  { data, actor, at, facts }: Given<'ReviewApplication'>,
  state: ReferredApplication,
): Outcome | undefined => {
  const taken = claimedByOther(state, actor.id, at);
  if (taken || !data.approve || !isAbove(state.amount, facts.fourEyesAbove)) return taken;
  const { endorsed } = state.review;
  if (endorsed === undefined) return [{ type: 'ReviewEndorsed', data: { reviewer: actor.id, note: data.note } }];
  return endorsed.reviewer === actor.id
    ? refuse('FOUR_EYES', `above ${facts.fourEyesAbove?.amount} it takes a second reviewer`)
    : undefined;
};

/** Whoever was rejected by the engine alone may ask that a person looks, once. */
export const requestHumanReview = ({ data }: Given<'RequestHumanReview'>, state: SubmittedApplication): Outcome => {
  if (state.status === 'referred') return NOTHING;
  if (state.status !== 'rejected') return refuse('WRONG_STATUS', `the application is ${state.status}`);
  const { decision, borrowerId } = state;
  if (decision === undefined || state.reviewed) {
    return refuse('HUMAN_REVIEW_NOT_OPEN', decision ? 'a person has looked at it already' : 'no engine decided it');
  }
  return [{ type: 'HumanReviewRequested', data: { reason: data.reason, borrowerId } }];
};
