import type { Day } from '../../calendar';
import { assert } from '../../kernel';
import type { PlannedInstallment } from '../replay';
import { goOnAfterTheEnd } from './after-the-end';
import { begin } from './begin';
import { planPeriod } from './period';
import { isPlain, isPlainToTheEnd, plainEnd, planPlainly } from './plain';
import type { Row } from './row';
import type { Story } from './story';
import type { Walk } from './walk';

/** Far more periods than any terms allow. */
const ENDLESS = 10_000;

/**
 * Makes a plan, period by period, from the balance each starts with. Charges are not on it yet.
 * @param payoffOn the day of a payoff: the plan ends there.
 */
export const makePlan = (story: Story, payoffOn?: Day): Row[] => {
  if (story.tranches.length === 0) return [];
  const until = earlier(payoffOn, story.endsOn);
  const walk = begin(story);
  while (isGoingOn(walk)) {
    if (until === undefined && story.notes === undefined && isPlain(walk)) planPlainly(walk);
    if (isGoingOn(walk)) planPeriod(walk, until);
  }
  const last = walk.rows.at(-1);
  if (last !== undefined && walk.putOff + walk.excess > 0n) {
    last.owed.interest += walk.putOff + walk.excess;
    last.metOn = undefined;
  }
  const note = last && story.notes?.rows.get(last);
  if (note !== undefined) note.atTheEnd = walk.putOff + walk.excess;
  goOnAfterTheEnd(walk);
  return walk.rows;
};

/**
 * A plan without charges or payments, as it is shown; undefined where something is in the way of its end, or is left
 * when it is there.
 */
export const shownPlan = (
  story: Story,
  show: (rows: readonly Row[]) => PlannedInstallment[],
): PlannedInstallment[] | undefined => {
  if (story.tranches.length === 0) return undefined;
  const walk = begin(story);
  while (isGoingOn(walk) && !isPlain(walk)) planPeriod(walk, undefined);
  if (!isGoingOn(walk) || !isPlainToTheEnd(walk)) return undefined;
  const end = plainEnd(walk);
  return walk.putOff + walk.excess > 0n ? undefined : show(walk.rows).concat(end);
};

const isGoingOn = (walk: Walk): boolean => {
  assert(walk.number < ENDLESS, 'a plan comes to its end');
  return walk.outstanding > 0n || walk.coming.length > 0;
};

const earlier = (a: Day | undefined, b: Day | undefined): Day | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
