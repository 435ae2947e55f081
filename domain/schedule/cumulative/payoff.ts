import type { Day } from '../../calendar';
import type { PortionAmounts } from '../replay';
import { keepBooks, openOf } from './books';
import { restDayOf } from './rests';
import type { Story } from './story';

/**
 * What closes a loan on a day. Where interest follows what is really paid, that is the interest up to the day or to
 * its rest date; everywhere else all that is left of the plan.
 */
export const payoffOf = (story: Story, on: Day): PortionAmounts => {
  const today: Story = { ...story, today: on };
  const { recalculation } = story.terms;
  const until = recalculation?.payoffUntil === 'rest-date' ? restDayOf(today, on) : on;
  return openOf(keepBooks(today, recalculation === undefined ? undefined : until).rows);
};
