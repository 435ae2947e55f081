import type { Day } from '../../calendar';
import type { PortionAmounts } from '../replay';
import { amountRulesOf } from './amounts';
import { openBooks, openOf, post } from './books';
import { charge } from './charges';
import { makePlan } from './make';
import { restDayOf } from './rests';
import { renewed } from './row';
import type { Story } from './story';

/**
 * What closes a loan on a day. Where interest follows what is really paid, that is the interest up to the day or to
 * its rest date; everywhere else all that is left of the plan.
 */
export const payoffOf = (story: Story, on: Day): PortionAmounts => {
  const today: Story = { ...story, today: on };
  const { recalculation } = story.terms;
  const until = recalculation?.payoffUntil === 'rest-date' ? restDayOf(today, on) : on;
  const rows = renewed(makePlan(today, recalculation === undefined ? undefined : until));
  charge(rows, today, amountRulesOf(story.terms));
  const books = openBooks(today, rows);
  for (const movement of story.movements) post(books, movement);
  return openOf(books.rows);
};
