import type { Day } from '../../../calendar';
import { carry } from './carry';
import { type Model, periodOn } from './model';

/**
 * Lets a model bear interest up to a day and none after it. Installments stay as they are. The model given is changed:
 * hand in a copy.
 */
export const interestUntil = (copy: Model, through: Day): Model => {
  const index = periodOn(copy, through);
  const period = copy.periods[index];
  if (period !== undefined) {
    const running = period.parts.findLast(({ from, to }) => (from < through || from === period.from) && through <= to);
    if (running !== undefined) running.to = through;
  }
  for (const { parts } of copy.periods) for (const part of parts) if (part.to > through) part.factor = 0;
  carry(copy, copy.terms.interest.method === 'flat' ? 0 : index);
  return copy;
};
