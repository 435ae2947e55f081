import type { Day } from '../../calendar';
import { assert } from '../../kernel';
import { goOnAfterTheEnd } from './after-the-end';
import { begin } from './begin';
import { planPeriod } from './period';
import { isPlain, planPlainly } from './plain';
import type { Row } from './row';
import type { Story } from './story';

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
  while (walk.outstanding > 0n || walk.coming.length > 0) {
    assert(walk.number < ENDLESS, 'a plan comes to its end');
    if (until === undefined && story.notes === undefined && isPlain(walk)) planPlainly(walk);
    if (walk.outstanding > 0n || walk.coming.length > 0) planPeriod(walk, until);
  }
  const last = walk.rows.at(-1);
  if (last !== undefined) last.owed.interest += walk.putOff + walk.excess;
  const note = last && story.notes?.rows.get(last);
  if (note !== undefined) note.atTheEnd = walk.putOff + walk.excess;
  goOnAfterTheEnd(walk);
  return walk.rows;
};

const earlier = (a: Day | undefined, b: Day | undefined): Day | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
