import type { Day } from '../../../calendar';
import { carry } from './carry';
import { copyAround, copyOfPeriod, copyWith, type Model, periodOn } from './model';

/** A copy of a model that bears interest up to a day and none after it. Installments stay as they are. */
export const interestUntil = (model: Model, through: Day): Model => {
  const copy = copyWith(model, (period) => (period.due <= through ? copyAround(period) : copyOfPeriod(period)));
  const index = periodOn(copy, through);
  const period = copy.periods[index];
  if (period !== undefined) {
    const running = period.parts.findLast(({ from, to }) => (from < through || from === period.from) && through <= to);
    if (running !== undefined && running.to > through) running.to = through;
  }
  for (const { due, parts } of copy.periods) {
    if (due > through) for (const part of parts) if (part.to > through) part.factor = 0;
  }
  carry(copy, copy.terms.interest.method === 'flat' ? 0 : index);
  return copy;
};
