import type { Day } from '../../../calendar';
import { absorb } from './absorb';
import { carry } from './carry';
import { copyAround, copyOf, copyOfPeriod, copyWith, type Model, periodOn, type RepaymentPeriod } from './model';

/** The model as it is when nothing bears interest after a day. Later installments have no days at all. */
export const untilDay = (model: Model, on: Day): Model => {
  const [first] = model.periods;
  const last = model.periods.at(-1);
  if (first === undefined || last === undefined || on >= last.due) return copyOf(model);
  if (on < first.from) return copyWith(model, (period) => copyAround(period, []));
  const current = periodOn(model, on);
  const until = copyWith(model, (period, index) => endedOn(period, index - current, on));
  carry(until, current);
  absorb(until, on);
  return until;
};

/** A copy of a period, so many after the one that the day lies in, without the days after that. */
const endedOn = (period: RepaymentPeriod, after: number, on: Day): RepaymentPeriod => {
  if (period.due <= on) return copyAround(period);
  if (after !== 0 && (after !== 1 || !isCreditedAtOnce(period))) return copyAround(period, []);
  const copy = copyOfPeriod(period);
  if (after === 0) endOn(copy, on);
  else keepFirst(copy);
  return copy;
};

/** A period that ends on a day of its own. */
export const endOn = (period: RepaymentPeriod, on: Day): void => {
  const index = period.parts.findLastIndex(({ from, to }) => (from < on || from === period.from) && on <= to);
  const part = period.parts[index];
  if (part === undefined) return;
  part.to = on;
  const next = period.parts[index + 1];
  if (next !== undefined) {
    part.creditedPrincipal += next.creditedPrincipal;
    part.creditedInterest += next.creditedInterest;
  }
  period.parts.length = index + 1;
};

export const isCreditedAtOnce = ({ parts: [first] }: RepaymentPeriod): boolean =>
  first !== undefined && (first.creditedInterest > 0n || first.creditedPrincipal > 0n);

/** A period of no days, with what was put back on its first. */
export const keepFirst = (period: RepaymentPeriod): void => {
  const [first] = period.parts;
  if (first !== undefined) first.to = first.from;
  period.parts.length = Math.min(1, period.parts.length);
};
