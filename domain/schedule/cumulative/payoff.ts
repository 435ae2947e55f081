import type { Day } from '../../calendar';
import type { PortionAmounts } from '../replay';
import { isFree } from './begin';
import { keepBooks, openOf } from './books';
import { restDayOf } from './rests';
import type { Story } from './story';

/**
 * What closes a loan on a day. Where interest follows what is really paid, that is the interest up to the day or to
 * its rest date; everywhere else all that is left of the plan.
 */
export const payoffOf = (story: Story, on: Day): PortionAmounts => {
  const today: Story = { ...story, today: on };
  return openOf(keepBooks(today, endOfPayoff(today, on)).rows);
};

/** The day on which a payoff ends the plan; undefined where the plan stays as it is. */
export const endOfPayoff = (story: Story, on: Day): Day | undefined => {
  const { recalculation } = story.terms;
  if (recalculation === undefined || isFree(story)) return undefined;
  return recalculation.payoffUntil === 'rest-date' ? restDayOf(story, on) : on;
};
